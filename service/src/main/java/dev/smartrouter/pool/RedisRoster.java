package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.Written.Verdict;
import dev.smartrouter.tier.Mode;
import dev.smartrouter.tier.TierConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** {@link Roster} in Redis: one script a step. */
public final class RedisRoster implements Roster {
    private final RedisStore store;
    private final PoolKeys keys;

    public RedisRoster(RedisStore store, Supplier<TierConfig> config) {
        this.store = store;
        this.keys = new PoolKeys(store, config);
    }

    @Override
    public long lead(long seen) {
        return store.runForLoop("lead", List.of(Long.toString(seen))).number(1);
    }

    @Override
    public Written register(OptionalLong token, PodReport report) {
        var args = new ArrayList<>(List.of(
                text(token),
                report.pod().value(),
                report.incarnation().id(),
                Long.toString(report.incarnation().number()),
                Long.toString(report.started().toEpochMilli()),
                flag(report.ready()),
                flag(report.terminating()),
                report.poolIfNew().value(),
                report.heldUntil()
                        .map(until -> Long.toString(until.toEpochMilli()))
                        .orElse(""),
                flag(report.listed()),
                report.metadata()));
        args.addAll(keys.configured());
        return written(store.runForLoop("register", args));
    }

    @Override
    public Written remove(OptionalLong token, PodName pod, Incarnation incarnation) {
        var args = new ArrayList<>(List.of(text(token), pod.value(), Long.toString(incarnation.number())));
        args.addAll(keys.configured());
        return written(store.runForLoop("remove", args));
    }

    @Override
    public Written move(OptionalLong token, PodName pod, PoolName from, PoolName to, boolean force) {
        return written(
                store.runForLoop("move", List.of(text(token), pod.value(), from.value(), to.value(), flag(force))));
    }

    @Override
    public Written retype(OptionalLong token, PoolName pool, Mode mode) {
        var cursor = "";
        while (true) {
            var reply = store.runForLoop("retype", List.of(text(token), pool.value(), mode.text(), cursor));
            if (!reply.verdict().equals("MORE")) return written(reply);
            cursor = reply.text(1);
        }
    }

    private static Written written(Reply reply) {
        var ended = reply.size() > 1 ? reply.count(1) : 0;
        var pool = reply.size() > 2 ? Optional.of(new PoolName(reply.text(2))) : Optional.<PoolName>empty();
        return switch (reply.verdict()) {
            case "NEW" -> new Written(Verdict.NEW, ended, pool);
            case "REINCARNATED" -> new Written(Verdict.REINCARNATED, ended, pool);
            case "KNOWN", "REMOVED", "MOVED", "SAME", "DONE" -> new Written(Verdict.DONE, ended, pool);
            case "STALE" -> Written.of(Verdict.STALE);
            case "BUSY" -> Written.of(Verdict.BUSY);
            case "NOT_FOUND" -> Written.of(Verdict.NOT_FOUND);
            case "FENCED" -> Written.of(Verdict.FENCED);
            default -> throw reply.unexpected("a leader's script");
        };
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }

    static String text(OptionalLong token) {
        return token.isPresent() ? Long.toString(token.getAsLong()) : "";
    }
}
