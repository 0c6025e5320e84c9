package dev.smartrouter.cluster;

import dev.smartrouter.pool.Roster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** A replica that competes for the Lease, with clocks of its own that stand still until they are told to go on. */
final class Candidate {
    static final LeaseTimes TIMES =
            new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofMillis(500));

    final LeaseLeadership leadership;
    final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Instant wall;

    Candidate(KubernetesClient client, String namespace, String name, Roster roster) {
        this(client, namespace, name, roster, Duration.ZERO);
    }

    /** @param skew of its wall clock */
    Candidate(KubernetesClient client, String namespace, String name, Roster roster, Duration skew) {
        this.wall = Instant.parse("2026-01-01T12:00:00Z").plus(skew);
        // its monotonic clock began whenever its machine did
        this.nanos.set(name.hashCode() * 1_000_000_000L);
        var origin = nanos.get();
        var lease = new LeaderLease(
                ClusterClient.over(client), namespace, name, TIMES, () -> wall.plusNanos(nanos.get() - origin));
        this.leadership =
                new LeaseLeadership(lease, roster, nanos::get, () -> wall.plusNanos(nanos.get() - origin), UNUSED);
        leadership.listen(new TermListener() {
            @Override
            public void onGained(long token) {
                heard.add("gained " + leadership.leads());
            }

            @Override
            public void onLost() {
                heard.add("lost " + leadership.leads());
            }
        });
    }

    private static final ScheduledExecutorService UNUSED = Executors.newSingleThreadScheduledExecutor(
            runnable -> Thread.ofPlatform().daemon().unstarted(runnable));

    Candidate tick() {
        leadership.tick();
        return this;
    }

    /** Time goes by for it. */
    Candidate elapse(Duration time) {
        nanos.addAndGet(time.toNanos());
        return this;
    }

    boolean leads() {
        return leadership.leads();
    }

    long token() {
        return leadership.token().orElseThrow();
    }
}
