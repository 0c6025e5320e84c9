package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.tier.TierConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the leader's work costs with a large fleet: a benchmark with a main of its own, run by {@code make bench}. The
 * cluster's LIST is made up, and so costs nothing here; all that the pools do with it is real.
 */
public final class CostOfFleet {
    private static final int PODS = 10_000;
    private static final int CALLS = 5_000;
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final TierConfig TIERS = TierConfig.parse("""
            {"tiers":{"gold":{"type":"exclusive","target":6000},"standard":{"type":"exclusive","target":3000},\
            "basic":{"type":"shared","target":1000,"max_concurrent":3}},"default_chain":["gold","standard","basic"]}""");

    private CostOfFleet() {}

    /** @param args the Markdown file to write; none prints only */
    public static void main(String[] args) throws IOException {
        var report = new StringBuilder("""
                # What the leader's work costs with 10,000 pods

                Written by `make bench`; one router, one Redis, both on the machine that measures. Redis's share is its own
                account of the time it spent in scripts (`INFO commandstats`).

                | | took | of which in Redis | scripts |
                |---|---|---|---|
                """);
        try (var redis = RedisProcess.start();
                var router = new RedisRouter(redis.url(), "voice:", TIERS)) {
            var fleet = new MadeUpFleet();
            var leadership = new Leader(router.roster.lead(0));
            var reconciler = new Reconciler(
                    fleet,
                    router.roster,
                    new Fleet(router.upkeep),
                    () -> TIERS,
                    leadership,
                    new Rebalancer(router.roster, () -> TIERS, leadership, System::nanoTime));
            for (var pool : TIERS.pools().entrySet()) {
                router.roster.retype(
                        leadership.token(), pool.getKey(), pool.getValue().mode());
            }
            report.append(row("first reconcile: every pod is new", redis, reconciler::reconcile));
            report.append(row("reconcile, nothing has changed", redis, reconciler::reconcile));
            fleet.roll(1_000);
            report.append(row("reconcile, 1,000 pods live anew", redis, reconciler::reconcile));
            var round = router.recovery.begin().orElseThrow();
            router.recovery.open(leadership.token(), "bench", round);
            for (int i = 0; i < CALLS; i++) router.claim("CA-" + i);
            report.append(
                    row("audit of all pods, %,d of them in a call".formatted(CALLS), redis, router.auditor::round));
            report.append(row(
                    "mirror: a look at %,d calls for the first time".formatted(CALLS),
                    redis,
                    () -> new Mirror(System::nanoTime).refresh(router.recovery, router.recovery.beat("bench"))));
            report.append(row("news of one pod", redis, () -> reconciler.seen(fleet.roll(1))));
            report.append(
                            "%nHeap of the process after a collection: %,d MB; a whole router is weighed in memory-of-fleet.md.%n"
                                    .formatted(heap()))
                    .append(
                            "The auditor paces itself: 100 pods a turn, 20 turns a second, so that a round takes 5 s by the\n")
                    .append("clock and the store is never busy with it for longer than one turn.\n");
            if (router.mirror.calls().size() != CALLS) throw new IllegalStateException("calls were refused");
        }
        System.out.println(report);
        if (args.length > 0) Files.writeString(Path.of(args[0]), report);
    }

    private static String row(String what, RedisProcess redis, Runnable work) {
        try (var admin = redis.connect()) {
            admin.configResetStat();
            var start = System.nanoTime();
            work.run();
            var took = (System.nanoTime() - start) / 1e6;
            var stats = admin.info("commandstats").lines().filter(line -> line.startsWith("cmdstat_eval"));
            var scripts = 0L;
            var inRedis = 0.0;
            for (var line : stats.toList()) {
                scripts += Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1"));
                inRedis += Double.parseDouble(line.replaceAll(".*,usec=(\\d+),.*", "$1")) / 1e3;
            }
            return "| %s | %,.1f ms | %,.1f ms | %,d |%n".formatted(what, took, inRedis, scripts);
        }
    }

    private static long heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }

    private record Leader(long drawn) implements Leadership {
        @Override
        public boolean leads() {
            return true;
        }

        @Override
        public OptionalLong token() {
            return OptionalLong.of(drawn);
        }
    }

    private static final class MadeUpFleet implements Cluster {
        private final List<PodSighting> pods = new ArrayList<>();
        private int lives;

        MadeUpFleet() {
            for (int i = 0; i < PODS; i++) pods.add(pod(i));
        }

        /** So many pods are replaced under their names; the last of them. */
        PodSighting roll(int howMany) {
            lives++;
            for (int i = 0; i < howMany; i++) pods.set(i, pod(i));
            return pods.get(howMany - 1);
        }

        private PodSighting pod(int i) {
            var created = NOON.plusSeconds(lives);
            var life = Incarnation.of("4f2b6a1e-0000-4000-8000-%08d%04d".formatted(i, lives), created, 0);
            var metadata = "{\"uid\":\"%s\",\"ip\":\"10.0.%d.%d\",\"node\":\"node-%d\",\"created_at\":\"%s\"}"
                    .formatted(life.id(), i / 250, i % 250, i / 30, created);
            return new PodSighting(
                    new PodName("voice-agent-" + i), life, created, true, false, false, "10.0.0.1", metadata);
        }

        @Override
        public List<PodSighting> list() {
            return List.copyOf(pods);
        }

        @Override
        public Optional<Set<CallSid>> activeCalls(PodSighting pod) {
            return Optional.empty();
        }

        @Override
        public boolean everOpened() {
            return true;
        }

        @Override
        public void rememberOpened(String gen) {}
    }
}
