package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.pool.Recovery.Restored;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the store what this router remembers and the store may have forgotten: which calls live, and which ended. */
public final class Replay {
    private static final Logger log = LoggerFactory.getLogger(Replay.class);
    private static final int PAGE = 1_000;

    private final Recovery recovery;
    private final Pools pools;
    private final Mirror mirror;
    private final boolean podsAreReady;
    private final LongAdder restored = new LongAdder();

    /** @param podsAreReady whether a pod that only its call tells of is ready; false where a cluster will say so */
    public Replay(Recovery recovery, Pools pools, Mirror mirror, boolean podsAreReady) {
        this.recovery = recovery;
        this.pools = pools;
        this.mirror = mirror;
        this.podsAreReady = podsAreReady;
    }

    /** Brings back the calls that the mirror holds, and ends those that this router knows to have ended. */
    void run() {
        endForgotten();
        var outcome = new EnumMap<Restored, Integer>(Restored.class);
        for (var call : mirror.calls()) {
            restore(call).ifPresent(restored -> outcome.merge(restored, 1, Integer::sum));
        }
        mirror.releasedLately().forEach(recovery::end);
        restored.add(outcome.getOrDefault(Restored.RESTORED, 0));
        log.warn("replayed what this router remembers: {}", outcome);
    }

    /** A key of the wrong type, put there by hand, costs the call it belongs to, not all the others. */
    private Optional<Restored> restore(MirroredCall call) {
        try {
            return Optional.of(recovery.restore(call, podsAreReady));
        } catch (StoreUnavailableException e) {
            if (!RedisLink.isFault(e)) throw e;
            log.error("call {} on {} cannot be brought back: {}", call.call(), call.pod(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Calls that the store has from before our last full look and that we did not see then, had ended. */
    private void endForgotten() {
        if (mirror.gen().isEmpty()) return;
        var next = Instant.EPOCH;
        while (true) {
            var entries = recovery.expiring(next, PAGE).entries();
            for (var entry : entries) {
                if (!mirror.holds(entry.call()) && startedBefore(entry.call(), mirror.fullAt())) {
                    var unused = recovery.end(entry.call(), mirror.fullAt());
                }
            }
            if (entries.size() < PAGE || entries.getLast().deadline().equals(next)) return;
            next = entries.getLast().deadline();
        }
    }

    private boolean startedBefore(CallSid call, Instant moment) {
        return pools.findCall(call)
                .filter(found -> found.allocatedAt().isBefore(moment))
                .isPresent();
    }

    /** Calls brought back since the start. */
    public long restored() {
        return restored.sum();
    }
}
