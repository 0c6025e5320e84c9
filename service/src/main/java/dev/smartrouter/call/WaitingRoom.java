package dev.smartrouter.call;

import dev.smartrouter.pool.Gate;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Where calls wait while the gate is closed, each for no longer than its asker can. */
public final class WaitingRoom {
    private final Gate gate;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock in ns that never goes back, from any origin */
    public WaitingRoom(Gate gate, LongSupplier nanoTime) {
        this.gate = gate;
        this.nanoTime = nanoTime;
    }

    /** The patience begins now. */
    Visit enter(Duration patience) {
        var entered = nanoTime.getAsLong();
        return () -> {
            gate.heard(false);
            var left = patience.toNanos() - (nanoTime.getAsLong() - entered);
            return left > 0 && gate.awaitOpen(Duration.ofNanos(left));
        };
    }

    /** One call's stay. */
    interface Visit {
        /** The store says it is closed: waits until it opens. False if it did not before the patience ended. */
        boolean untilOpen();
    }
}
