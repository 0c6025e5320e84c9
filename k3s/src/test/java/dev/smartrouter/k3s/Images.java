package dev.smartrouter.k3s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.k3s.K3sContainer;

/** The images of an overlay: ours from Maven's jars, the others as they are here, or as they can be fetched. */
final class Images {
    private static final String OURS = "smart-router";
    /** What ours are built on, as build/images says. */
    private static final String BASE = "eclipse-temurin:25-jre";

    private Images() {}

    /** Of every pod of this overlay. */
    static List<String> of(Manifests overlay) {
        return pods(overlay)
                .flatMap(pod -> pod.getContainers().stream())
                .map(Container::getImage)
                .distinct()
                .sorted()
                .toList();
    }

    static Stream<PodSpec> pods(Manifests overlay) {
        return Stream.concat(
                overlay.every(Deployment.class).stream()
                        .map(each -> each.getSpec().getTemplate().getSpec()),
                overlay.every(StatefulSet.class).stream()
                        .map(each -> each.getSpec().getTemplate().getSpec()));
    }

    /** Why they cannot be had; empty if they can. What is not here is fetched. */
    static Optional<String> missing(Manifests overlay) {
        if (!Command.isHere("docker")) return Optional.of("no docker on this machine, which builds the images");
        var foreign = new ArrayList<>(of(overlay));
        foreign.removeIf(image -> image.startsWith(OURS));
        foreign.add(BASE);
        return foreign.stream()
                .filter(image -> !isHere(image))
                .findFirst()
                .map(image -> "image " + image + " is not on this machine, and cannot be fetched");
    }

    /** Builds ours, and gives all of them to the cluster. */
    static void load(Manifests overlay, K3sContainer cluster) {
        var jars = Path.of("").toAbsolutePath().relativize(Path.of(System.getProperty("build.directory")));
        Command.output("../build/images", jars.toString(), BASE);
        var save = new ArrayList<>(List.of("docker", "save"));
        save.addAll(of(overlay));
        Command.output(List.of(
                new ProcessBuilder(save),
                new ProcessBuilder(
                        "docker",
                        "exec",
                        "--interactive",
                        cluster.getContainerId(),
                        "ctr",
                        "--namespace",
                        "k8s.io",
                        "images",
                        "import",
                        "-")));
    }

    private static boolean isHere(String image) {
        return succeeds("image", "inspect", image) || succeeds("pull", "--quiet", image);
    }

    private static boolean succeeds(String... words) {
        try {
            Command.output(Stream.concat(Stream.of("docker"), Stream.of(words)).toArray(String[]::new));
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
