package dev.smartrouter.pool.proof;

import dev.smartrouter.pool.proof.CallOps.Hearing;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Random days: a beginning, then anything in any order. */
final class Traffic {
    private static final List<String> SIDS =
            IntStream.range(0, 10).mapToObj(i -> "CA" + i).toList();
    private static final List<String> TAMPERED = Stream.concat(
                    Stream.of(
                            "calls:by_expiry",
                            "calls:by_merchant",
                            "merchant:pace",
                            "tier:modes",
                            "pod:metadata",
                            "call:CA1",
                            "ended:CA1",
                            "call:CA2",
                            "leader:epoch"),
                    Stream.of("p0", "p3")
                            .flatMap(pod -> Stream.of(
                                    "pod:" + pod,
                                    "pod:" + pod + ":calls",
                                    "lease:" + pod,
                                    "pod:tier:" + pod,
                                    "pod:draining:" + pod)))
            .toList();
    private static final List<String> CONFIGS = List.of(
            "",
            "{\"tier\":\"gold\"}",
            "{\"max_calls\":1}",
            "{\"max_calls\":2,\"max_cps\":3}",
            "{\"max_cps\":1}",
            "{\"max_calls\":0}");
    private static final List<String> POOL_KEYS = World.POOLS.stream()
            .flatMap(pool -> Stream.of(pool + ":assigned", Snapshot.availableKey(pool)))
            .toList();

    private Traffic() {}

    /** Days of at most so many happenings, in the mean half as many. */
    static Arbitrary<List<Op>> days(int atMost) {
        return Combinators.combine(
                        beginning(), op().list().ofMaxSize(atMost).withSizeDistribution(RandomDistribution.uniform()))
                .as((first, rest) ->
                        Stream.concat(Stream.of(first), rest.stream()).toList());
    }

    private static Arbitrary<Op> beginning() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(6, Beginning.Kind.SERVING), Tuple.of(1, Beginning.Kind.EMPTY),
                                Tuple.of(1, Beginning.Kind.HAND_SET), Tuple.of(2, Beginning.Kind.ORIGINAL)),
                        flag())
                .as(Beginning::new);
    }

    private static Arbitrary<Op> op() {
        return Arbitraries.frequencyOf(
                Tuple.of(200, call()),
                Tuple.of(130, pod()),
                Tuple.of(40, upkeep()),
                Tuple.of(40, operator()),
                Tuple.of(20, loss()),
                Tuple.of(80, recovery()));
    }

    private static Arbitrary<Op> call() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        12,
                        Combinators.combine(
                                        router(), sid(), Arbitraries.integers().between(0, 3), flag(), hearing())
                                .as(CallOps.Allocate::new)),
                Tuple.of(6, Combinators.combine(router(), sid(), seldom()).as(CallOps.Release::new)),
                Tuple.of(
                        1,
                        Combinators.combine(
                                        router(), sid(), Arbitraries.integers().between(0, 3))
                                .as(CallOps.Redial::new)),
                Tuple.of(1, sid().map(CallOps.Confirm::new)),
                Tuple.of(1, index().map(CallOps.Abandon::new)),
                Tuple.of(1, index().map(CallOps.Arrive::new)));
    }

    private static Arbitrary<Hearing> hearing() {
        return Arbitraries.frequency(
                Tuple.of(12, Hearing.HEARD),
                Tuple.of(1, Hearing.UNHEARD),
                Tuple.of(1, Hearing.LATE),
                Tuple.of(1, Hearing.IN_FLIGHT));
    }

    private static Arbitrary<Op> pod() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Combinators.combine(pod1(), often()).as(PodOps.Create::new)),
                Tuple.of(1, pod1().map(PodOps.Crash::new)),
                Tuple.of(1, Combinators.combine(leader(), pod1()).as(PodOps.Recreate::new)),
                Tuple.of(2, Combinators.combine(pod1(), often()).as(PodOps.Flap::new)),
                Tuple.of(1, pod1().map(PodOps.Terminate::new)),
                Tuple.of(2, pod1().map(PodOps.Delete::new)),
                Tuple.of(1, Combinators.combine(leader(), often()).as(PodOps.Lead::new)),
                Tuple.of(12, Combinators.combine(leader(), pod1(), flag()).as(PodOps.Observe::new)),
                Tuple.of(
                        4,
                        Combinators.combine(
                                        leader(), pod1(), Arbitraries.integers().between(1, 4))
                                .as(PodOps.Stale::new)),
                Tuple.of(
                        5,
                        Combinators.combine(leader(), pod1(), pool(), flag(), seldom())
                                .as(PodOps.Move::new)),
                Tuple.of(2, Combinators.combine(leader(), pool(), flag()).as(PodOps.Retype::new)),
                Tuple.of(2, Combinators.combine(leader(), pool()).as(PodOps.Rebuild::new)));
    }

    private static Arbitrary<Op> upkeep() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.integers().between(1, 3).map(UpkeepOps.Sweep::new)),
                Tuple.of(1, Arbitraries.create(UpkeepOps.SweepAll::new)),
                Tuple.of(4, Arbitraries.create(UpkeepOps.Audit::new)),
                Tuple.of(
                        4,
                        Arbitraries.of(
                                        50L,
                                        950L,
                                        5_000L,
                                        40_000L,
                                        130_000L,
                                        400_000L,
                                        1_000_000L,
                                        4_000_000L,
                                        20_000_000L,
                                        90_000_000L)
                                .map(UpkeepOps.Pass::new)));
    }

    private static Arbitrary<Op> operator() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, pod1().map(OperatorOps.Drain::new)),
                Tuple.of(4, pod1().map(OperatorOps.Undrain::new)),
                Tuple.of(1, pod1().map(OperatorOps.RunOut::new)),
                Tuple.of(1, sid().map(OperatorOps.DeleteCall::new)),
                Tuple.of(2, Arbitraries.of(CONFIGS).map(OperatorOps.Configure::new)),
                Tuple.of(1, pool().map(OperatorOps.Spoil::new)),
                Tuple.of(
                        2,
                        Combinators.combine(
                                        pod1(), pool(), Arbitraries.integers().between(0, 2))
                                .as(OperatorOps.HandAdd::new)),
                Tuple.of(
                        5,
                        Combinators.combine(
                                        Arbitraries.of(Stream.concat(TAMPERED.stream(), POOL_KEYS.stream())
                                                .toList()),
                                        Arbitraries.of(OperatorOps.Tamper.SCRIPTS),
                                        Arbitraries.of("CA1", "CA2"),
                                        Arbitraries.of("p0", "p3"))
                                .as(OperatorOps.Tamper::new)));
    }

    private static Arbitrary<Op> loss() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.create(LossOps.Flush::new)),
                Tuple.of(1, Arbitraries.create(LossOps.LoseAll::new)),
                Tuple.of(4, Arbitraries.create(LossOps.Save::new)),
                Tuple.of(1, Arbitraries.create(LossOps.Rollback::new)),
                Tuple.of(1, Arbitraries.create(LossOps.Restart::new)),
                Tuple.of(1, Arbitraries.create(LossOps.Hello::new)),
                Tuple.of(1, router().map(LossOps.CrashRouter::new)));
    }

    private static Arbitrary<Op> recovery() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, router().map(RecoveryOps.Beat::new)),
                Tuple.of(4, router().map(RecoveryOps.Refresh::new)),
                Tuple.of(1, router().map(RecoveryOps.ListPods::new)),
                Tuple.of(2, router().map(RecoveryOps.Replay::new)),
                Tuple.of(2, router().map(RecoveryOps.Ack::new)),
                Tuple.of(1, Arbitraries.create(RecoveryOps.AdoptCalls::new)),
                Tuple.of(1, Combinators.combine(router(), seldom()).as(RecoveryOps.Open::new)),
                Tuple.of(1, router().map(RecoveryOps.OpenAgain::new)),
                Tuple.of(1, Combinators.combine(router(), sid()).as(RecoveryOps.LateRestore::new)),
                Tuple.of(10, leader().map(RecoveryOps.Recover::new)));
    }

    private static Arbitrary<String> sid() {
        return Arbitraries.of(SIDS);
    }

    private static Arbitrary<String> pod1() {
        return Arbitraries.of(World.PODS);
    }

    private static Arbitrary<String> pool() {
        return Arbitraries.of(World.POOLS);
    }

    private static Arbitrary<Integer> router() {
        return Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(2, 1), Tuple.of(1, 2));
    }

    private static Arbitrary<Integer> leader() {
        return Arbitraries.frequency(Tuple.of(8, 0), Tuple.of(1, 1), Tuple.of(1, 2));
    }

    private static Arbitrary<Integer> index() {
        return Arbitraries.integers().between(0, 9);
    }

    private static Arbitrary<Boolean> flag() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<Boolean> often() {
        return Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false));
    }

    private static Arbitrary<Boolean> seldom() {
        return Arbitraries.frequency(Tuple.of(1, true), Tuple.of(6, false));
    }
}
