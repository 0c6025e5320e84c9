package dev.smartrouter.simulator.agent;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs things later, each in a virtual thread of its own, so that none waits for another. */
final class Timers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Timers.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("agent-timers").factory(), new DiscardPolicy());

    Timers() {
        clock.setRemoveOnCancelPolicy(true);
    }

    /** @return by which it can be called off, until its time has come */
    Future<?> after(Duration delay, Runnable task) {
        return clock.schedule(() -> start(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void start(Runnable task) {
        try {
            threads.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            log.debug("too late for {}", task, e);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("an agent stumbled", e);
        }
    }

    /** What has not begun will not; what has is interrupted. */
    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdownNow();
    }
}
