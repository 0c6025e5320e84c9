package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/** {@link Recovery} in Redis: one script a step. */
public final class RedisRecovery implements Recovery {
    /** Among the acks: one of the routers remembers. */
    private static final String MEMORY = "*memory";

    private final RedisStore store;
    private final Supplier<TierConfig> config;
    private final PoolKeys keys;
    private final Duration callTtl;

    /** @param callTtl how long the record of a call brought back lives, at most */
    public RedisRecovery(RedisStore store, Supplier<TierConfig> config, Duration callTtl) {
        this.store = store;
        this.config = config;
        this.keys = new PoolKeys(store, config);
        this.callTtl = callTtl;
    }

    @Override
    public Beat beat(String router) {
        var sent = store.clock().nanos();
        var reply = store.runForLoop("beat", List.of(router));
        store.clock().heard(reply.number(1), sent);
        var gen = Optional.of(reply.text(2)).filter(text -> !text.isEmpty());
        store.gate().heard(gen.isPresent());
        return new Beat(Instant.ofEpochMilli(reply.number(1)), gen, new HashSet<>(reply.texts(4)));
    }

    @Override
    public Optional<Round> begin() {
        var args = new ArrayList<>(List.of(UUID.randomUUID().toString()));
        config.get().pools().keySet().forEach(pool -> args.add(pool.value()));
        var reply = store.runForLoop("begin", args);
        if (reply.verdict().equals("OPEN")) return Optional.empty();
        var acked = new HashSet<>(reply.texts(3));
        var remembered = acked.remove(MEMORY);
        return Optional.of(
                new Round(reply.text(1), Cause.valueOf(reply.text(2).toUpperCase(Locale.ROOT)), acked, remembered));
    }

    @Override
    public Restored restore(MirroredCall call, boolean readyIfUnknown) {
        var args = new ArrayList<>(List.of(
                call.call().value(),
                call.pod().value(),
                call.incarnation().id(),
                Long.toString(call.incarnation().number()),
                call.pool().value(),
                readyIfUnknown ? "1" : "0",
                RedisPools.ms(callTtl),
                Long.toString(call.deadline().toEpochMilli())));
        call.record().forEach((field, value) -> args.addAll(List.of(field, value)));
        return Restored.valueOf(store.runForLoop("restore", args).verdict());
    }

    @Override
    public boolean end(CallSid call, Instant endedAt) {
        return store.runForLoop("release", List.of(call.value(), "", Long.toString(endedAt.toEpochMilli())))
                .verdict()
                .equals("RELEASED");
    }

    @Override
    public boolean ack(Round round, String router, boolean remembers) {
        return store.runForLoop("ack", List.of(round.id(), router, remembers ? "1" : "0"))
                .verdict()
                .equals("ACKED");
    }

    @Override
    public boolean open(OptionalLong token, String gen, Round round) {
        var opened = store.runForLoop("open", List.of(RedisRoster.text(token), gen, round.id()))
                .verdict()
                .equals("OPENED");
        if (opened) store.gate().heard(true);
        return opened;
    }

    @Override
    public int adoptCalls() {
        int adopted = 0;
        var cursor = "0";
        do {
            var args = new ArrayList<>(List.of(cursor));
            args.addAll(keys.configured());
            var page = store.runForLoop("adopt_calls", args);
            cursor = page.text(0);
            adopted += page.count(1);
        } while (!cursor.equals("0"));
        return adopted;
    }

    @Override
    public Page expiring(Instant from, int limit) {
        for (int asked = limit; ; asked *= 2) {
            var reply =
                    store.runForLoop("expiring", List.of(Long.toString(from.toEpochMilli()), Integer.toString(asked)));
            var entries = new ArrayList<Entry>();
            for (int i = 1; i + 1 < reply.size(); i += 2) {
                var deadline = Instant.ofEpochMilli(reply.number(i + 1));
                CallRecord.sid(reply.text(i)).ifPresent(call -> entries.add(new Entry(call, deadline)));
            }
            if (entries.size() >= limit || reply.size() < 1 + 2 * asked) {
                return new Page(Optional.of(reply.text(0)).filter(gen -> !gen.isEmpty()), entries);
            }
        }
    }

    @Override
    public List<MirroredCall> fetch(List<CallSid> calls) {
        return store.runForLoop("calls", calls.stream().map(CallSid::value).toList()).lists(0).stream()
                .filter(call -> !call.text(3).isEmpty())
                .map(RedisRecovery::mirrored)
                .toList();
    }

    private static MirroredCall mirrored(Reply call) {
        var record = call.list(4).fields();
        return new MirroredCall(
                new CallSid(call.text(0)),
                new PodName(record.getOrDefault(CallRecord.POD, "")),
                new Incarnation(record.getOrDefault("pod_inc", Incarnation.LEGACY.id()), call.number(2)),
                new PoolName(call.text(3)),
                Instant.ofEpochMilli(call.number(1)),
                record);
    }
}
