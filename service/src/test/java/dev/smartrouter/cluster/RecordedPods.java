package dev.smartrouter.cluster;

import dev.smartrouter.pool.PodListener;
import dev.smartrouter.pool.PodSighting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Remembers what a watcher told. */
final class RecordedPods implements PodListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, PodSighting> present = new ConcurrentHashMap<>();
    private final List<PodSighting> vanished = new CopyOnWriteArrayList<>();
    private final AtomicInteger talking = new AtomicInteger();
    private volatile boolean interrupted;

    @Override
    public void seen(PodSighting pod) {
        alone(() -> present.put(pod.pod().value(), pod));
    }

    @Override
    public void vanished(PodSighting pod) {
        alone(() -> {
            present.remove(pod.pod().value());
            vanished.add(pod);
        });
    }

    void forget() {
        present.clear();
        vanished.clear();
    }

    boolean isEmpty() {
        return present.isEmpty() && vanished.isEmpty();
    }

    boolean knows(String name) {
        return present.containsKey(name);
    }

    /** True if two threads have told at the same time. */
    boolean interrupted() {
        return interrupted;
    }

    /** Waits until a pod is as it should be. */
    PodSighting await(String name, Predicate<PodSighting> condition) {
        return Awaitility.await(name)
                .atMost(PATIENCE)
                .until(
                        () -> Optional.ofNullable(present.get(name)),
                        pod -> pod.filter(condition).isPresent())
                .orElseThrow();
    }

    PodSighting awaitVanished(String name) {
        return Awaitility.await(name + " vanished")
                .atMost(PATIENCE)
                .until(
                        () -> vanished.stream()
                                .filter(pod -> pod.pod().value().equals(name))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void alone(Runnable news) {
        if (talking.incrementAndGet() > 1) interrupted = true;
        news.run();
        talking.decrementAndGet();
    }
}
