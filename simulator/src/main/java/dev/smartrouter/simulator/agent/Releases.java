package dev.smartrouter.simulator.agent;

import java.time.Duration;

/** Gives pods back through the router, every time in a thread of its own, and says so to the watch. */
final class Releases {
    private final RouterClient router;
    private final AgentWatch watch;
    private final Timers timers;
    private volatile boolean forgetful;

    Releases(RouterClient router, AgentWatch watch, Timers timers) {
        this.router = router;
        this.watch = watch;
        this.timers = timers;
    }

    /** Whether nothing is released but what a provider reports as over. */
    void forget(boolean all) {
        forgetful = all;
    }

    void after(Duration delay, String sid, ReleasePath path, String reason) {
        var unused = timers.after(delay, () -> send(sid, path, reason));
    }

    /** Blocks until the router has answered, or will not. */
    void send(String sid, ReleasePath path, String reason) {
        if (forgetful && path != ReleasePath.STATUS_CALLBACK) return;
        watch.releasing(sid, path);
        watch.released(sid, path, router.release(sid, reason));
    }
}
