package dev.smartrouter.app;

import dev.smartrouter.PodName;
import dev.smartrouter.pool.DrainEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts drains, writes a log line for each, and tells another. */
final class DrainJournal implements DrainEvents {
    private static final Logger log = LoggerFactory.getLogger("dev.smartrouter.drains");

    private final RouterMetrics metrics;
    private final DrainEvents also;

    DrainJournal(RouterMetrics metrics, DrainEvents also) {
        this.metrics = metrics;
        this.also = also;
    }

    @Override
    public void drained(PodName pod, int activeCalls) {
        metrics.drained();
        write(pod, activeCalls, "pod drained");
        also.drained(pod, activeCalls);
    }

    @Override
    public void undrained(PodName pod, int activeCalls) {
        write(pod, activeCalls, "pod undrained");
        also.undrained(pod, activeCalls);
    }

    private static void write(PodName pod, int activeCalls, String message) {
        log.atInfo()
                .addKeyValue("pod", pod)
                .addKeyValue("active_calls", activeCalls)
                .log(message);
    }
}
