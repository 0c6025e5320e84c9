package dev.smartrouter.k3s;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of this machine, run to their end. */
final class Command {
    private Command() {}

    /** Whether there is such a program. */
    static boolean isHere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** What it printed. Throws what it complained of if it fails. */
    static String output(String... words) {
        return output(List.of(new ProcessBuilder(words)));
    }

    /** What the last one printed, each fed by the one before. */
    static String output(List<ProcessBuilder> line) {
        try {
            var errors = Files.createTempFile("errors-of-a-command", ".log");
            line.forEach(each -> each.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())));
            var processes = ProcessBuilder.startPipeline(line);
            var output = new String(processes.getLast().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var failed = false;
            for (var process : processes) failed |= process.waitFor() != 0;
            var said = Files.readString(errors);
            Files.delete(errors);
            if (failed) throw new IllegalStateException(line.getLast().command() + ": " + said);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
