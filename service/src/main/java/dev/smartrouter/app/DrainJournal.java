package dev.smartrouter.app;

import dev.smartrouter.PodName;
import dev.smartrouter.pool.DrainEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts drains, and writes a log line for each. */
final class DrainJournal implements DrainEvents {
    private static final Logger log = LoggerFactory.getLogger("dev.smartrouter.drains");

    private final RouterMetrics metrics;

    DrainJournal(RouterMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void drained(PodName pod, int activeCalls) {
        metrics.drained();
        write(pod, activeCalls, "pod drained");
    }

    @Override
    public void undrained(PodName pod, int activeCalls) {
        write(pod, activeCalls, "pod undrained");
    }

    private static void write(PodName pod, int activeCalls, String message) {
        log.atInfo()
                .addKeyValue("pod", pod)
                .addKeyValue("active_calls", activeCalls)
                .log(message);
    }
}
