package dev.smartrouter.k3s;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What every pod of the system has said, a file for each start of its container: also of those that are gone. */
final class PodLogs implements ResourceEventHandler<Pod>, AutoCloseable {
    private final KubernetesClient client;
    private final Path folder = Path.of(System.getProperty("build.directory"), "stories");
    private final Map<String, LogWatch> followed = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Pod> informer;

    PodLogs(KubernetesClient client) {
        this.client = client;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.informer = client.pods().inNamespace(VoiceSystem.NAMESPACE).inform(this);
    }

    @Override
    public void onAdd(Pod pod) {
        pod.getStatus().getContainerStatuses().stream()
                .filter(container -> container.getState().getRunning() != null)
                .forEach(container -> follow(pod, container));
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
        onAdd(now);
    }

    @Override
    public void onDelete(Pod pod, boolean unknown) {}

    private void follow(Pod pod, ContainerStatus container) {
        var name = pod.getMetadata().getName();
        var start = name + "-" + container.getContainerID().replaceFirst(".*//(.{8}).*", "$1") + ".log";
        followed.computeIfAbsent(start, file -> {
            try {
                return client.pods()
                        .inNamespace(VoiceSystem.NAMESPACE)
                        .withName(name)
                        .watchLog(Files.newOutputStream(folder.resolve(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (KubernetesClientException e) {
                return null; // it is gone already
            }
        });
    }

    /** The lines with any of these words, each after its file's name. */
    String linesWith(Set<String> words) {
        return followed.keySet().stream()
                .sorted()
                .flatMap(file -> read(file)
                        .lines()
                        .filter(line -> words.stream().anyMatch(line::contains))
                        .map(line -> file + ": " + line))
                .collect(Collectors.joining("\n"));
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        informer.close();
        followed.values().forEach(LogWatch::close);
    }
}
