package dev.smartrouter.simulator.agent;

import dev.smartrouter.simulator.cluster.PodRuntime;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The agent in one run of a pod's container. It takes sockets from its first being ready until it ends, also while it
 * drains: a call may have been given to it just before. When it dies it releases nothing any more; when it ends by
 * itself, what it was about to release it still does.
 */
final class AgentPod implements PodRuntime.Container {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final Surroundings around;
    private final String pod;
    private final String uid;
    private final PodRuntime.Signals signals;
    private final Stall stall = new Stall();
    private final OwnPort port;
    private final Set<MediaCall> calls = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean serving;
    private volatile boolean stopping;
    private volatile boolean over;
    private volatile boolean dead;

    AgentPod(Surroundings around, String pod, String uid, String ip, PodRuntime.Signals signals) {
        this.around = around;
        this.port = new OwnPort(ip, around.settings().ports().agents(), this);
        this.pod = pod;
        this.uid = uid;
        this.signals = signals;
    }

    /** Begins to start; ready when that is done. */
    void start() {
        port.open();
        var unused = around.timers().after(around.settings().startup(), this::serve);
    }

    private void serve() {
        synchronized (calls) {
            if (over) return;
            serving = true;
        }
        signals.ready(true);
    }

    String pod() {
        return pod;
    }

    /** Whether it takes sockets. */
    boolean serving() {
        return serving;
    }

    /** Whether it also wants calls. */
    boolean inviting() {
        return serving && !stopping;
    }

    Stall stall() {
        return stall;
    }

    Speech speech() {
        return around.settings().speech();
    }

    /** The calls that have a socket here. */
    List<String> sids() {
        return calls.stream().map(MediaCall::sid).distinct().sorted().toList();
    }

    int sockets() {
        return calls.size();
    }

    /** Completed when this run has ended, whatever ended it. */
    CompletionStage<Void> ended() {
        return ended;
    }

    /** @return false if it serves nobody any more */
    boolean join(MediaCall call) {
        synchronized (calls) { // the watch hears of no call that has left before it came
            if (!serving) return false;
            around.watch().joined(pod, uid, call.sid());
            calls.add(call);
        }
        around.expected().arrived(call.sid());
        return true;
    }

    /** A call has said who it is: from now on they talk. */
    void started(MediaCall call) {
        if (speech() instanceof Speech.Canned) around.metronome().add(call);
        habits(call).hangsUpAfter().ifPresent(talk -> {
            later(talk, call::hangUp);
            later(talk.plus(GOODBYE), call::cut); // a provider that does not answer our goodbye
        });
    }

    /** A call's socket is closed. */
    void leave(MediaCall call) {
        if (!calls.remove(call)) return;
        around.metronome().remove(call);
        around.watch().left(pod, uid, call.sid());
        // A provider that connects twice would otherwise lose its second socket's pod with the first.
        if (sids().contains(call.sid())) return;
        around.expected().left(call.sid());
        if (over || call.refused()) return;
        release(call, ReleasePath.SOCKET_CLOSED, "websocket_closed");
        release(call, ReleasePath.CALL_COMPLETED, "call_completed");
    }

    private void release(MediaCall call, ReleasePath way, String reason) {
        habits(call)
                .delay(way)
                .ifPresent(delay -> later(delay, () -> around.releases().send(call.sid(), way, reason)));
    }

    private CallHabits habits(MediaCall call) {
        return around.settings().habits().apply(call.sid());
    }

    /** Unless it is dead by then; if it hangs, when it goes on. */
    private void later(Duration delay, Runnable task) {
        var unused = around.timers().after(delay, () -> {
            if (!dead && !stall.holds(task)) task.run();
        });
    }

    void ready(boolean ready) {
        signals.ready(ready);
    }

    /** It dies of itself. */
    void crash() {
        if (die()) signals.crashed();
    }

    @Override
    public CompletionStage<Void> stop(Duration grace) {
        stopping = true;
        var timers = around.timers();
        var last = timers.after(grace, this::die);
        var unused = timers.after(Duration.ZERO, this::drain);
        return ended.whenComplete((done, failure) -> last.cancel(false));
    }

    /**
     * The preStop hook: no new calls, and an end as soon as no socket is left and the router knows of no call. Without
     * its answer somebody may still be on the way, so it is asked again; draining twice does no harm.
     */
    private void drain() {
        if (over) return;
        // A pod that failed may have a successor of its name, which is not to be drained.
        var known = around.router().isReplaced(pod, uid)
                ? OptionalInt.of(0)
                : around.router().drain(pod);
        if (calls.isEmpty() && known.isPresent() && known.getAsInt() == 0) end();
        else lookAgain();
    }

    private void lookAgain() {
        var unused = around.timers().after(LOOK, () -> {
            if (calls.isEmpty()) drain();
            else if (!over) lookAgain();
        });
    }

    @Override
    public void kill() {
        die();
    }

    /** @return false if it had ended before */
    private boolean die() {
        if (!end()) return false;
        dead = true;
        return true;
    }

    /** @return false if it had ended before */
    private boolean end() {
        synchronized (calls) {
            if (over) return false;
            over = true;
            serving = false;
        }
        calls.forEach(MediaCall::cut);
        port.close();
        ended.complete(null);
        return true;
    }
}
