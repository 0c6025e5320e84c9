package dev.smartrouter.tier;

import static dev.smartrouter.tier.TierFixture.agents;
import static dev.smartrouter.tier.TierFixture.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.TierName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(TierConfigs.class)
@Domain(DomainContext.Global.class)
class TierAssignerProperties {
    @Property
    void enoughPodsFillEveryTargetAndFewerFillNoneBeyondIt(
            @ForAll TierConfig config, @ForAll @IntRange(max = 40) int pods) {
        var wanted = config.tiers().stream().mapToInt(Tier::target).sum();
        var members =
                count(new TierAssigner(config).assign(agents(pods), Map.of()).values());

        config.pools().forEach((pool, tier) -> {
            var have = members.getOrDefault(pool.value(), 0L);
            if (pods >= wanted) {
                assertThat(have).as(pool.value()).isGreaterThanOrEqualTo(tier.target());
            } else {
                assertThat(have).as(pool.value()).isLessThanOrEqualTo(tier.target());
            }
        });
    }

    @Property
    void everyPodIsInAPoolOfTheConfigAndStaysThere(
            @ForAll TierConfig config, @ForAll("clusters") List<AssignedPod> pods) {
        var assigner = new TierAssigner(config);
        var known = fixture(pods).assigned();
        var answer = assigner.assign(known.keySet(), known);

        assertThat(config.pools().keySet()).containsAll(answer.values());
        assertThat(assigner.assign(answer.keySet(), answer)).isEqualTo(answer);
        assertThat(known.entrySet()).allSatisfy(entry -> {
            if (config.pools().containsKey(entry.getValue())) {
                assertThat(answer).contains(entry);
            }
        });
    }

    @Property
    void rebalanceConvergesAtOnce(
            @ForAll TierConfig config,
            @ForAll("clusters") List<AssignedPod> pods,
            @ForAll("waiting") Set<PoolName> waiting) {
        var assigner = new TierAssigner(config);
        var cluster = fixture(pods);
        cluster.make(assigner.rebalance(cluster.pods(), waiting));

        assertThat(assigner.rebalance(cluster.pods(), waiting)).isEmpty();
    }

    @Property
    void rebalanceFillsTargetsWhenEveryPodIsIdle(
            @ForAll TierConfig config, @ForAll("clusters") List<AssignedPod> pods) {
        var cluster = fixture(pods.stream()
                .map(pod -> new AssignedPod(pod.pod(), pod.pool(), 0, true))
                .toList());
        cluster.make(new TierAssigner(config).rebalance(cluster.pods(), Set.of()));
        var members = count(cluster.assigned().values());

        var wanted = config.tiers().stream().mapToInt(Tier::target).sum();
        var filled = config.pools().entrySet().stream()
                .mapToLong(entry -> Math.min(
                        entry.getValue().target(),
                        members.getOrDefault(entry.getKey().value(), 0L)))
                .sum();
        assertThat(filled).isEqualTo(Math.min(wanted, pods.size()));
    }

    @Property
    void aMoveIsOfAnIdlePodFromOverTargetToUnderItOrForced(
            @ForAll TierConfig config,
            @ForAll("clusters") List<AssignedPod> pods,
            @ForAll("waiting") Set<PoolName> waiting) {
        var cluster = fixture(pods);
        var before = cluster.assigned();
        var moves = new TierAssigner(config).rebalance(cluster.pods(), waiting);

        assertThat(moves).extracting(Move::pod).doesNotHaveDuplicates();
        for (var move : moves) {
            var pod = pods.stream()
                    .filter(p -> p.pod().equals(move.pod()))
                    .findFirst()
                    .orElseThrow();
            var to = config.pools().get(move.to());
            assertThat(move.from()).isEqualTo(before.get(move.pod())).isNotEqualTo(move.to());
            assertThat(to).isNotNull();
            assertThat(move.force()).isEqualTo(!config.pools().containsKey(move.from()));
            if (move.force()) {
                assertThat(pod.calls() <= 1 || to.mode() == Mode.SHARED).isTrue();
            } else {
                assertThat(pod.calls()).isZero();
                assertThat(pod.serving()).isTrue();
                assertThat(waiting).doesNotContain(move.from(), move.to());
            }
        }
        cluster.make(moves);
        var after = count(cluster.assigned().values());
        moves.stream().filter(move -> !move.force()).forEach(move -> {
            assertThat(after.getOrDefault(move.from().value(), 0L))
                    .isGreaterThanOrEqualTo(config.pools().get(move.from()).target());
            assertThat(after.get(move.to().value()))
                    .isLessThanOrEqualTo(config.pools().get(move.to()).target());
        });
    }

    @Provide
    Arbitrary<List<AssignedPod>> clusters() {
        return Combinators.combine(
                        pools(),
                        Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(1, 1), Tuple.of(1, 3)),
                        Arbitraries.of(true, true, false))
                .as((pool, calls, serving) -> new AssignedPod(new PodName("unnamed"), pool, calls, serving))
                .list()
                .ofMaxSize(20)
                .map(pods -> IntStream.range(0, pods.size())
                        .mapToObj(i -> new AssignedPod(
                                new PodName("agent-" + i),
                                pods.get(i).pool(),
                                pods.get(i).calls(),
                                pods.get(i).serving()))
                        .toList())
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Set<PoolName>> waiting() {
        return pools().set().ofMaxSize(3).withoutEdgeCases();
    }

    private static Arbitrary<PoolName> pools() {
        return Arbitraries.of(Stream.concat(TierConfigs.NAMES.stream(), Stream.of("gone"))
                .map(TierName::new)
                .flatMap(name -> Stream.of(PoolName.ofTier(name), PoolName.ofMerchant(name)))
                .toList());
    }

    private static TierFixture fixture(List<AssignedPod> pods) {
        var fixture = new TierFixture();
        pods.forEach(fixture::add);
        return fixture;
    }
}
