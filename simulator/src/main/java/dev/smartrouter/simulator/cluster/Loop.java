package dev.smartrouter.simulator.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which a cluster's state is read and changed: a turn after whatever happened, and now and then. */
final class Loop {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    /** What happens within this time is seen in one turn. */
    private static final long SOON_MS = 2;
    /** Also the wait before what failed is tried again. */
    private static final long EVERY_MS = 250;

    private final ScheduledExecutorService scheduler;
    private final Runnable turn;
    private final AtomicBoolean due = new AtomicBoolean();

    /** @param scheduler of one thread; not stopped here */
    Loop(ScheduledExecutorService scheduler, Runnable turn) {
        this.scheduler = scheduler;
        this.turn = turn;
    }

    void start() {
        var unused = scheduler.scheduleWithFixedDelay(this::tick, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** A turn soon, however often it is asked for. */
    void poke() {
        if (due.compareAndSet(false, true)) later(Duration.ofMillis(SOON_MS), this::tick);
    }

    /** Does this, and then takes a turn; nothing once the cluster is closed. */
    CompletableFuture<Void> post(Runnable task) {
        try {
            return CompletableFuture.runAsync(task, scheduler).whenComplete((nothing, error) -> poke());
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    void later(Duration delay, Runnable task) {
        try {
            var unused = scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the cluster is closed");
        }
    }

    void tick() {
        due.set(false);
        if (scheduler.isShutdown()) return;
        try {
            turn.run();
        } catch (RuntimeException e) {
            log.debug("a turn failed; the next one in {} ms at the latest", EVERY_MS, e);
        }
    }
}
