package dev.smartrouter.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.Deed.Drain;
import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.Deed.Undrain;
import dev.smartrouter.history.Outcome.Calls;
import dev.smartrouter.history.Outcome.Existing;
import dev.smartrouter.history.Outcome.New;
import dev.smartrouter.history.Outcome.NoPods;
import dev.smartrouter.history.Outcome.NotFound;
import dev.smartrouter.history.Outcome.Released;
import dev.smartrouter.history.Outcome.Unknown;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Claim;
import dev.smartrouter.pool.ClaimRequest;
import dev.smartrouter.pool.InMemoryFixture;
import dev.smartrouter.pool.Origin;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.pool.StoreFixture;
import dev.smartrouter.tier.FallbackChain;
import dev.smartrouter.tier.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * The model is the store in memory, which passes the contracts of the real one: it allows what that answers, and of the
 * rest nothing.
 */
class AllPodsProperties {
    private static final List<String> CHAIN = List.of("pool:gold", "pool:standard", "pool:basic");
    private static final Pods PODS = new Pods(
            Map.of("g0", "pool:gold", "g1", "pool:gold", "s0", "pool:standard", "b0", "pool:basic", "b1", "pool:basic"),
            Map.of("pool:basic", 2));
    private static final Model<AllPods.State> MODEL = new AllPods(PODS);

    @Provide
    Arbitrary<List<Deed>> days() {
        var call = Arbitraries.integers().between(1, 10).map(i -> "CA-" + i);
        var pod = Arbitraries.of(PODS.names());
        Arbitrary<Deed> deeds = Arbitraries.frequencyOf(
                Tuple.of(6, call.map(sid -> new Allocate(sid, CHAIN))),
                Tuple.of(3, call.map(Release::new)),
                Tuple.of(1, pod.map(Drain::new)),
                Tuple.of(1, pod.map(Undrain::new)));
        return deeds.list().ofMinSize(1).ofMaxSize(40);
    }

    @Property
    void itAllowsWhatTheStoreInMemoryAnswers(@ForAll("days") List<Deed> day) {
        assertThat(Search.check(new History(answered(day)), MODEL)).isEmpty();
    }

    @Property
    void itAllowsNothingElse(@ForAll("days") List<Deed> day) {
        var answered = answered(day);
        for (int i = 0; i < answered.size(); i++) {
            var wrong = new ArrayList<>(answered);
            var right = answered.get(i);
            wrong.set(i, new Operation("c", i, i, right.deed(), otherwise(right.outcome())));
            assertThat(Search.check(new History(wrong), MODEL))
                    .as("%s, which was %s", wrong.get(i), right.outcome())
                    .isPresent();
        }
    }

    private static Outcome otherwise(Outcome outcome) {
        return switch (outcome) {
            case New(var pod, var pool, var url) -> new Existing(pod, pool, url);
            case Existing(var pod, var pool, var url) -> new New(pod, pool, url);
            case NoPods none -> new New("b0", "pool:basic", "url");
            case Released released -> new NotFound();
            case NotFound nothing -> new Released("g0", "pool:gold", false);
            case Calls(var count) -> new Calls(count + 1);
            case Unknown unknown -> unknown;
        };
    }

    private static List<Operation> answered(List<Deed> day) {
        try (var store = new InMemoryFixture()) {
            store.opened();
            PODS.names().forEach(pod -> store.pod(pod, new PoolName(PODS.pool(pod))));
            var operations = new ArrayList<Operation>();
            for (int i = 0; i < day.size(); i++) {
                operations.add(new Operation("c", i, i, day.get(i), answer(store.pools(), day.get(i))));
            }
            return operations;
        }
    }

    private static Outcome answer(Pools pools, Deed deed) {
        return switch (deed) {
            case Allocate(var call, var chain) -> answer(pools.claim(request(call)));
            case Release(var call) -> answer(pools.release(new CallSid(call)));
            case Drain(var pod) ->
                new Calls(pools.drain(new PodName(pod), Duration.ofMinutes(6)).orElseThrow());
            case Undrain(var pod) -> new Calls(pools.undrain(new PodName(pod)).orElseThrow());
        };
    }

    private static ClaimRequest request(String call) {
        return new ClaimRequest(
                new CallSid(call),
                Optional.empty(),
                "",
                FallbackChain.resolve(StoreFixture.CONFIG, null),
                Limits.NONE,
                Origin.UNKNOWN,
                "wss://agents/{pod}/" + call);
    }

    private static Outcome answer(Claim claim) {
        return switch (claim) {
            case Claim.Claimed(var got) ->
                new New(got.pod().value(), got.source().value(), url(got));
            case Claim.Held(var had) ->
                new Existing(had.pod().value(), had.source().value(), url(had));
            case Claim.Full full -> new NoPods(CHAIN);
            default -> throw new AssertionError("no answer for a caller: " + claim);
        };
    }

    private static String url(Allocation allocation) {
        return allocation.wsUrl() + " since " + allocation.allocatedAt();
    }

    private static Outcome answer(dev.smartrouter.pool.Release release) {
        return switch (release) {
            case dev.smartrouter.pool.Release.Released(var pod, var from, var to, var drains, var call) ->
                new Released(pod.value(), to.value(), drains);
            case dev.smartrouter.pool.Release.NotFound nothing -> new NotFound();
        };
    }
}
