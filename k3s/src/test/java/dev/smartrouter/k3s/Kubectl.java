package dev.smartrouter.k3s;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** This machine's kubectl, which brings kustomize. */
final class Kubectl {
    static final String MISSING = "no kubectl on this machine (https://kubernetes.io/docs/tasks/tools)";

    private Kubectl() {}

    /** For {@code @EnabledIf}. */
    static boolean isHere() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    /** What {@code kubectl apply -k} would apply. */
    static String kustomize(Path folder) {
        try {
            var errors = Files.createTempFile("kubectl-of-a-test", ".log");
            var process = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectError(errors.toFile())
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var code = process.waitFor();
            var said = Files.readString(errors);
            Files.delete(errors);
            if (code != 0) throw new IllegalStateException(folder + ": " + said);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
