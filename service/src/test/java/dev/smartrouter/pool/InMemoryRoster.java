package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.Written.Verdict;
import dev.smartrouter.tier.Mode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** {@link Roster} in memory. */
public final class InMemoryRoster implements Roster {
    private final InMemoryStore store;

    public InMemoryRoster(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public long lead(long seen) {
        synchronized (store) {
            return store.draw(seen);
        }
    }

    @Override
    public Written register(OptionalLong token, PodReport report) {
        synchronized (store) {
            if (store.fenced(token)) return Written.of(Verdict.FENCED);
            var known = store.pods.get(report.pod());
            if (known != null && outdated(report, known.incarnation)) return Written.of(Verdict.STALE);
            var verdict = Verdict.DONE;
            var ended = 0;
            var pod = known;
            if (pod == null) {
                verdict = Verdict.NEW;
                pod = new MemoryPod(report.pod(), report.poolIfNew(), report.incarnation());
                store.pods.put(report.pod(), pod);
            } else if (!pod.incarnation.equals(report.incarnation())) {
                verdict = Verdict.REINCARNATED;
                ended = store.endAll(pod);
                pod.drainingUntil = Instant.EPOCH;
                pod.heldUntil = Instant.EPOCH;
            }
            pod.incarnation = report.incarnation();
            pod.ready = report.ready();
            pod.terminating = report.terminating();
            pod.heldUntil = report.heldUntil().orElse(pod.heldUntil);
            pod.metadata = report.metadata();
            return new Written(verdict, ended, Optional.of(pod.pool));
        }
    }

    private static boolean outdated(PodReport report, Incarnation known) {
        var told = report.incarnation();
        return told.number() < known.number()
                || (told.number() == known.number() && !told.equals(known) && !report.listed());
    }

    @Override
    public Written remove(OptionalLong token, PodName name, Incarnation incarnation) {
        synchronized (store) {
            if (store.fenced(token)) return Written.of(Verdict.FENCED);
            var pod = store.pods.get(name);
            if (pod == null) return Written.of(Verdict.NOT_FOUND);
            if (pod.incarnation.number() > incarnation.number()) return Written.of(Verdict.STALE);
            var ended = store.endAll(pod);
            store.pods.remove(name);
            return new Written(Verdict.DONE, ended, Optional.empty());
        }
    }

    @Override
    public Written move(OptionalLong token, PodName name, PoolName from, PoolName to, boolean force) {
        synchronized (store) {
            if (store.fenced(token)) return Written.of(Verdict.FENCED);
            var pod = store.pods.get(name);
            if (pod == null) return Written.of(Verdict.NOT_FOUND);
            if (!pod.pool.equals(from)) return Written.of(Verdict.STALE);
            var crowded = pod.calls.size() > 1 && store.mode(to) == Mode.EXCLUSIVE;
            if ((!pod.calls.isEmpty() && !force) || crowded) return Written.of(Verdict.BUSY);
            pod.pool = to;
            return Written.of(Verdict.DONE);
        }
    }

    @Override
    public Written retype(OptionalLong token, PoolName pool, Mode mode) {
        synchronized (store) {
            if (store.fenced(token)) return Written.of(Verdict.FENCED);
            var crowded = mode == Mode.EXCLUSIVE
                    && store.pods.values().stream().anyMatch(pod -> pod.pool.equals(pool) && pod.calls.size() > 1);
            if (crowded && store.mode(pool) != mode) return Written.of(Verdict.BUSY);
            store.modes.put(pool, mode);
            return Written.of(Verdict.DONE);
        }
    }
}
