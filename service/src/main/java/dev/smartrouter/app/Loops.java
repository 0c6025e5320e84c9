package dev.smartrouter.app;

import dev.smartrouter.dashboard.LoopRow;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.ExecutorServiceManager;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** Gives each loop a thread of its own, named after it, and ends them all with the server: the last first. */
final class Loops {
    private static final io.dropwizard.util.Duration GRACE = io.dropwizard.util.Duration.seconds(2);

    private final LifecycleEnvironment lifecycle;
    private final LongSupplier nanos;
    private final List<LoopThread> shown = new CopyOnWriteArrayList<>();

    /** @param nanos monotonic time in ns */
    Loops(LifecycleEnvironment lifecycle, LongSupplier nanos) {
        this.lifecycle = lifecycle;
        this.nanos = nanos;
    }

    /** A scheduler that stops when the server has. */
    ScheduledExecutorService named(String name) {
        return managed(new LoopThread(name, Duration.ZERO, nanos));
    }

    /** The same for a loop whose last turn people may want to know of. */
    ScheduledExecutorService shown(String name, Duration every) {
        var thread = new LoopThread(name, every, nanos);
        shown.add(thread);
        return managed(thread);
    }

    private LoopThread managed(LoopThread thread) {
        lifecycle.manage(new ExecutorServiceManager(thread, GRACE, thread.name()));
        return thread;
    }

    /** When the loops had their last turns. */
    List<LoopRow> turns() {
        return shown.stream().map(LoopThread::row).toList();
    }

    void runs(Managed loop) {
        lifecycle.manage(loop);
    }

    void runs(String name, Duration every, Runnable tick) {
        lifecycle.manage(new Loop(shown(name, every), every, tick));
    }

    /** Closed once everything that was named or run later has stopped. */
    void ends(AutoCloseable last) {
        lifecycle.manage(new AutoCloseableManager(last));
    }
}
