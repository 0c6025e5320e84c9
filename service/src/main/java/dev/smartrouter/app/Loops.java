package dev.smartrouter.app;

import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** Gives each loop a thread of its own, named after it, and ends them all with the server: the last first. */
final class Loops {
    private final LifecycleEnvironment lifecycle;

    Loops(LifecycleEnvironment lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** A scheduler that stops when the server has. */
    ScheduledExecutorService named(String name) {
        return lifecycle
                .scheduledExecutorService(name, true)
                .threads(1)
                .shutdownTime(io.dropwizard.util.Duration.seconds(2))
                .build();
    }

    void runs(Managed loop) {
        lifecycle.manage(loop);
    }

    void runs(String name, Duration every, Runnable tick) {
        lifecycle.manage(new Loop(named(name), every, tick));
    }

    /** Closed once everything that was named or run later has stopped. */
    void ends(AutoCloseable last) {
        lifecycle.manage(new AutoCloseableManager(last));
    }
}
