package dev.smartrouter.app;

import dev.smartrouter.http.Panics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts errors that nobody expected, and keeps for the operator what the sender is not told. */
final class PanicLog implements Panics {
    private static final Logger log = LoggerFactory.getLogger(PanicLog.class);

    private final RouterMetrics metrics;

    PanicLog(RouterMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void recovered(Throwable panic) {
        metrics.panic();
        log.error("a request met an error nobody expected and was answered with an apology or a 500", panic);
    }
}
