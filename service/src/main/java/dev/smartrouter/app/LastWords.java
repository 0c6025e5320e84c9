package dev.smartrouter.app;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At a router's end: what it alone knows that the store has yet to hear is said now, or pods would wait for their calls'
 * deadline.
 */
final class LastWords implements Managed {
    private static final Logger log = LoggerFactory.getLogger(LastWords.class);
    /** More than an abandoned claim takes to settle; with all other parts of a stop, less than Kubernetes' grace. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final String what;
    private final Runnable tick;
    private final BooleanSupplier allSaid;
    private final LongSupplier nanos;

    /**
     * @param what for the log, such as "unheard releases"
     * @param tick says what is unsaid, and never throws
     */
    LastWords(String what, Runnable tick, BooleanSupplier allSaid, LongSupplier nanos) {
        this.what = what;
        this.tick = tick;
        this.allSaid = allSaid;
        this.nanos = nanos;
    }

    @Override
    public void stop() {
        var start = nanos.getAsLong();
        while (!allSaid.getAsBoolean()) {
            tick.run();
            if (allSaid.getAsBoolean()) break;
            if (nanos.getAsLong() - start > PATIENCE.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                log.warn("the router ends with {} that the store has not heard", what);
                return;
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
    }
}
