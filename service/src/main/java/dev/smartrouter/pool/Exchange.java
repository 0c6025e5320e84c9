package dev.smartrouter.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One script on its way to Redis and back. Its sender waits for the reply until it gives up; the script itself says
 * until when Redis may still run it.
 */
final class Exchange {
    /** Stands, among the arguments, for the last moment at which the script may run, in ms on Redis's clock. */
    static final String NOT_AFTER = "\0not_after";

    private static final int MOST_TRIES = 3;

    final Script script;
    final CompletableFuture<Reply> reply = new CompletableFuture<>();
    final long queuedNanos;
    /** Whether the script is sent by its hash, which Redis may not know. */
    boolean byHash = true;

    private final List<String> args;
    private final long sendableUntilNanos;
    private int tries;
    private volatile boolean sent;

    Exchange(Script script, List<String> args, long queuedNanos, Duration runWithin) {
        this.script = script;
        this.args = args;
        this.queuedNanos = queuedNanos;
        this.sendableUntilNanos = queuedNanos + runWithin.toNanos();
    }

    /** The arguments as Redis is to see them. */
    List<String> args(List<String> common, RedisClock clock) {
        var all = new ArrayList<String>(common.size() + args.size());
        all.addAll(common);
        for (var arg : args) all.add(arg.equals(NOT_AFTER) ? Long.toString(clock.at(sendableUntilNanos)) : arg);
        return all;
    }

    /** True if it is worth sending (again): somebody waits, there is time, and it has not been tried too often. */
    boolean wanted(long nowNanos) {
        return !reply.isDone() && nowNanos - sendableUntilNanos < 0 && tries < MOST_TRIES;
    }

    void countTry() {
        tries++;
        sent = true;
    }

    /** Redis replied that it did not run it. */
    void wasNotRun() {
        sent = false;
    }

    /** True if Redis may have run it, whether or not it replied. */
    boolean wasSent() {
        return sent;
    }
}
