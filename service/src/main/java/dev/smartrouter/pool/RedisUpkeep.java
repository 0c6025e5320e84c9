package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pod.PodState;
import dev.smartrouter.tier.TierConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@link Upkeep} in Redis. */
public final class RedisUpkeep implements Upkeep {
    private static final int MOST_AUDITED = 100;

    private final RedisStore store;
    private final PoolKeys keys;

    public RedisUpkeep(RedisStore store, Supplier<TierConfig> config) {
        this.store = store;
        this.keys = new PoolKeys(store, config);
    }

    @Override
    public List<CallSid> sweep(int limit) {
        return store.runForLoop("sweep", List.of(Integer.toString(limit))).texts(1).stream()
                .map(CallRecord::sid)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<Member> members() {
        var members = new LinkedHashMap<String, Set<PoolName>>();
        for (var pool : keys.all().keySet()) {
            for (var key : List.of("assigned", "available")) {
                var cursor = "0";
                do {
                    var page = store.runForLoop("members", List.of(pool.value(), key, cursor));
                    cursor = page.text(0);
                    for (var name : page.list(1).texts(0)) {
                        members.computeIfAbsent(name, n -> new HashSet<>(2)).add(pool);
                    }
                } while (!cursor.equals("0"));
            }
        }
        return members.entrySet().stream()
                .map(member -> new Member(member.getKey(), member.getValue()))
                .toList();
    }

    @Override
    public List<Seen> audit(List<Member> members) {
        if (members.size() > MOST_AUDITED) {
            throw new IllegalArgumentException(
                    "an audit takes at most " + MOST_AUDITED + " pods, not " + members.size());
        }
        var pools = keys.all();
        var args = new ArrayList<>(List.of(Integer.toString(pools.size())));
        pools.forEach((pool, mode) -> args.addAll(List.of(pool.value(), mode.text())));
        for (var member : members) {
            args.addAll(List.of(member.name(), Integer.toString(member.pools().size())));
            member.pools().forEach(pool -> args.add(pool.value()));
        }
        return store.runForLoop("audit", args).lists(0).stream()
                .map(RedisUpkeep::seen)
                .toList();
    }

    static Seen seen(Reply pod) {
        return new Seen(
                new PodName(pod.text(0)),
                new PoolName(pod.text(1)),
                PodState.of(pod.text(2)),
                pod.count(3),
                pod.flag(4),
                pod.flag(5),
                pod.flag(6),
                pod.flag(7),
                new Incarnation(pod.text(8), pod.number(9)));
    }
}
