package dev.smartrouter.scenario;

import dev.smartrouter.history.Deed;
import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.Deed.Drain;
import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.Deed.Undrain;
import dev.smartrouter.history.History;
import dev.smartrouter.history.Pods;
import dev.smartrouter.pool.StoreLaws;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A town whose histories are recorded: few pods, each of them wanted, so that every answer says something of all others.
 * A merchant's pod, two of gold, two that take two calls each.
 */
final class HistoryTown implements AutoCloseable {
    static final Pods PODS = new Pods(
            Map.of(
                    "agent-acme", "merchant:acme",
                    "agent-gold-0", "pool:gold",
                    "agent-gold-1", "pool:gold",
                    "agent-basic-0", "pool:basic",
                    "agent-basic-1", "pool:basic"),
            Map.of("pool:basic", 2));
    private static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":2},"basic":{"type":"shared","target":2,"max_concurrent":2},\
            "acme":{"type":"exclusive","target":1}},"default_chain":["gold","basic"]}""";
    private static final String MERCHANT = "acme";
    private static final List<String> NOBODYS_CHAIN = List.of("pool:gold", "pool:basic");
    private static final List<String> MERCHANTS_CHAIN = List.of("merchant:acme", "pool:gold", "pool:basic");

    private final Town town;
    private final int routers;

    private HistoryTown(Town town, int routers) {
        this.town = town;
        this.routers = routers;
    }

    /**
     * With routers that are processes of their own.
     *
     * @param jvmOptions of each of them
     */
    static HistoryTown found(int routers, String... jvmOptions) {
        var town = Town.found()
                .tiers(TIERS)
                .merchant(MERCHANT, "{\"pool\":\"acme\"}")
                // no script is sent twice: the router's caller gives up as soon as the first is late
                .with("REDIS_TIMEOUT", "800ms")
                // nor mended by the next audit, if a faulty router lost it
                .with("AUDIT_INTERVAL", "30s");
        for (var pool : List.of("gold", "basic", "acme")) settle(town, pool);
        // one by one: on a busy machine none of several at once would be ready in time
        for (int i = 0; i < routers; i++)
            town.join(Router.apart(town.settings(), jvmOptions)).awaitReady();
        return new HistoryTown(town, routers);
    }

    private static void settle(Town town, String tier) {
        if (tier.equals(MERCHANT)) {
            town.merchantPods(MERCHANT, PODS.of("merchant:acme").toArray(String[]::new));
            return;
        }
        var pods = PODS.of("pool:" + tier);
        if (PODS.isExclusive(pods.getFirst())) town.pods(tier, pods.toArray(String[]::new));
        else pods.forEach(pod -> town.sharedPod(tier, pod));
    }

    /**
     * A history of as many operations as that.
     *
     * @param seed draws how many clients, calls and routers there are, and what each client does; not who is faster
     */
    History record(long seed, int operations) {
        var random = new Random(seed);
        var clients = 2 + random.nextInt(9);
        var calls = 3 + random.nextInt(10);
        var asked = 2 + random.nextInt(routers - 1);
        var name = "CA-" + seed + "-";
        try (var recording = new Recording()) {
            Crowd.each(clients, client -> {
                var own = new Random(seed * 31 + client);
                for (int i = client; i < operations; i += clients) {
                    recording.take("c" + client, ask(town.caller(own.nextInt(asked)), deed(own, name, calls), own));
                }
                return null;
            });
            return recording.history();
        }
    }

    private static Deed deed(Random random, String name, int calls) {
        var which = random.nextInt(calls);
        var call = name + which;
        var pod = PODS.names().get(random.nextInt(PODS.names().size()));
        return switch (random.nextInt(20)) {
            case 0 -> new Drain(pod);
            case 1, 2 -> new Undrain(pod);
            case 3, 4, 5, 6, 7, 8, 9 -> new Release(call);
            default -> new Allocate(call, which % 3 == 0 ? MERCHANTS_CHAIN : NOBODYS_CHAIN);
        };
    }

    /** One in thirty does not wait for the answer. */
    private static Question ask(Caller caller, Deed deed, Random random) {
        return new Question(deed, random.nextInt(30) == 0, () -> switch (deed) {
            case Allocate(var call, var chain) ->
                chain.equals(MERCHANTS_CHAIN) ? caller.allocate(call, MERCHANT) : caller.allocate(call);
            case Release(var call) -> caller.release(call);
            case Drain(var pod) -> caller.drain(pod);
            case Undrain(var pod) -> caller.undrain(pod);
        });
    }

    /** Ends what the history has left: its calls, and its drains. */
    void tidy(History history) {
        var pods = PODS.names();
        Crowd.each(pods.size(), i -> town.caller(i).undrain(pods.get(i)).is(200));
        var calls = List.copyOf(history.calls());
        Crowd.each(calls.size(), i -> town.caller(i).release(calls.get(i)));
    }

    /** Nothing is left of any history, and no law of the store is broken. */
    void assertWhole() {
        town.assertWhole();
        StoreLaws.assertHold(town.keys());
    }

    @Override
    public void close() {
        town.close();
    }
}
