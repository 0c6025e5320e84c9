package dev.smartrouter.app;

import dev.smartrouter.pool.StoreUnavailableException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer for a tick that has none of its own: at the start and then again and again. */
final class Loop implements Managed {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private final ScheduledExecutorService scheduler;
    private final Duration every;
    private final Runnable tick;
    private @Nullable ScheduledFuture<?> timer;

    /** @param every from the end of one tick to the start of the next */
    Loop(ScheduledExecutorService scheduler, Duration every, Runnable tick) {
        this.scheduler = scheduler;
        this.every = every;
        this.tick = tick;
    }

    @Override
    public void start() {
        timer = scheduler.scheduleWithFixedDelay(this::turn, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        if (timer != null) timer.cancel(false);
    }

    /** A throw would cancel the timer in silence. */
    private void turn() {
        try {
            tick.run();
        } catch (StoreUnavailableException e) {
            log.warn("a tick failed; next try in {}: {}", every, e.getMessage());
        } catch (RuntimeException e) {
            log.error("a tick failed; next try in {}", every, e);
        }
    }
}
