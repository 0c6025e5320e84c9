package dev.smartrouter.simulator.agent;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Calls that should come with a socket, and are released if none comes in time. */
final class Expected {
    private final Duration patience;
    private final Function<String, CallHabits> habits;
    private final Timers timers;
    private final Releases releases;
    private final Map<String, Future<?>> awaited = new ConcurrentHashMap<>();
    private final Set<String> here = ConcurrentHashMap.newKeySet();

    Expected(FleetSettings settings, Timers timers, Releases releases) {
        this.patience = settings.socketPatience();
        this.habits = settings.habits();
        this.timers = timers;
        this.releases = releases;
    }

    void expect(String sid) {
        var more = habits.apply(sid).delay(ReleasePath.NEVER_CONNECTED);
        if (more.isEmpty()) return;
        awaited.computeIfAbsent(sid, call -> timers.after(patience.plus(more.get()), () -> giveUp(call)));
        if (here.contains(sid)) forget(sid); // it came before it was expected
    }

    void arrived(String sid) {
        here.add(sid);
        forget(sid);
    }

    void left(String sid) {
        here.remove(sid);
    }

    private void forget(String sid) {
        var timer = awaited.remove(sid);
        if (timer != null) timer.cancel(false);
    }

    private void giveUp(String sid) {
        if (awaited.remove(sid) != null) releases.send(sid, ReleasePath.NEVER_CONNECTED, "stuck_timeout");
    }
}
