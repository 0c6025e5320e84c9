package dev.smartrouter.cluster;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.pool.Leadership;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who leads, by a Lease in whatever speaks for a cluster. Time is each candidate's own, and the test's to tell. */
public interface LeadershipContract {
    /** May do everything in {@link #namespace()}; not closed here. */
    KubernetesClient client();

    /** It exists, and nothing is in it. */
    String namespace();

    @Test
    default void ofTwoCandidatesOneLeads() {
        var store = new TokenDispenser();
        var a = candidate("a", store).tick();
        var b = candidate("b", store).tick();

        assertThat(a.leads()).isTrue();
        assertThat(b.leads()).isFalse();
        assertThat(a.leadership.leader()).contains("a");
        assertThat(b.leadership.leader()).contains("a");
        assertThat(a.leadership.since()).isPresent();
        assertThat(b.leadership.since()).isEmpty();
        assertThat(a.heard).containsExactly("gained true");
    }

    @Test
    default void aLeaderThatRenewsStays() {
        var store = new TokenDispenser();
        var a = candidate("a", store).tick();
        var b = candidate("b", store);
        var token = a.token();
        for (var s = 0; s < 60; s++) {
            a.elapse(ofSeconds(1)).tick();
            b.elapse(ofSeconds(1)).tick();
        }
        assertThat(a.token()).isEqualTo(token);
        assertThat(b.leads()).isFalse();
        assertThat(a.leadership.count()).isEqualTo(1);
    }

    /** All five try at the same moment, again and again, while whoever leads is paused for longer than the Lease. */
    @Test
    default void racingCandidatesNeverLeadTogether() throws Exception {
        var store = new TokenDispenser();
        var five = IntStream.range(0, 5)
                .mapToObj(i -> candidate("candidate-" + i, store))
                .toList();
        var lastToken = 0L;
        try (var threads = Executors.newFixedThreadPool(5)) {
            for (var round = 0; round < 10; round++) {
                for (var turn = 0; turn < 3; turn++) {
                    threads.invokeAll(
                            five.stream().<Callable<Candidate>>map(c -> c::tick).toList());
                    assertThat(five.stream().filter(Candidate::leads).count()).isLessThanOrEqualTo(1);
                }
                five.forEach(Candidate::tick); // whoever was overtaken by another's annotation in the last turn
                var leaders = five.stream().filter(Candidate::leads).toList();
                assertThat(leaders).hasSize(1);
                assertThat(leaders.getFirst().token()).isGreaterThan(lastToken);
                lastToken = leaders.getFirst().token();
                five.forEach(c -> c.elapse(ofSeconds(16)));
                assertThat(five.stream().noneMatch(Candidate::leads)).isTrue();
            }
        }
    }

    @Test
    default void aCleanStopHandsOverAtTheNextTry() {
        var store = new TokenDispenser();
        var a = candidate("a", store).tick();
        var b = candidate("b", store).tick();
        var token = a.token();

        a.leadership.stop();
        assertThat(a.leads()).isFalse();
        assertThat(a.heard).containsExactly("gained true", "lost false");
        assertThat(LeaderLease.holder(lease())).isEmpty();

        b.tick();
        assertThat(b.leads()).isTrue();
        assertThat(b.token()).isGreaterThan(token);
        assertThat(a.tick().leads()).isFalse();
    }

    @Test
    default void aCleanStopHandsOverWithinTwoSeconds() {
        var store = new TokenDispenser();
        try (var threads = Executors.newScheduledThreadPool(2)) {
            var two = Stream.of("a", "b")
                    .map(name -> new LeaseLeadership(
                            new LeaderLease(
                                    ClusterClient.over(client()),
                                    namespace(),
                                    name,
                                    Candidate.TIMES,
                                    Clock.systemUTC()),
                            store,
                            System::nanoTime,
                            Clock.systemUTC(),
                            threads))
                    .toList();
            two.forEach(LeaseLeadership::start);
            await().atMost(ofSeconds(20)).until(() -> two.stream().anyMatch(LeaseLeadership::leads));
            var leader = two.stream().filter(LeaseLeadership::leads).findFirst().orElseThrow();
            var other = two.get(1 - two.indexOf(leader));

            leader.stop();
            await().atMost(ofSeconds(2)).pollInterval(ofMillis(20)).until(other::leads);
            other.stop();
            threads.shutdownNow();
        }
    }

    @Test
    default void aPausedLeaderIsReplacedAndKnowsItWhenItWakes() {
        var store = new TokenDispenser();
        var a = candidate("a", store).tick();
        var b = candidate("b", store).tick();
        var token = a.token();

        assertThat(b.elapse(ofMillis(14_900)).tick().leads()).isFalse();
        assertThat(b.elapse(ofMillis(200)).tick().leads()).isTrue();
        assertThat(b.token()).isGreaterThan(token);

        a.elapse(ofMillis(15_100));
        assertThat(a.leads()).isFalse(); // before any tick
        assertThat(a.leadership.token()).isEqualTo(Leadership.BETWEEN_TERMS);
        assertThat(a.tick().leads()).isFalse();
        assertThat(a.heard).containsExactly("gained true", "lost false");
        assertThat(a.leadership.leader()).contains("b");
        assertThat(b.tick().leads()).isTrue();
    }

    @Test
    default void aLeaderThatRenewedTooLateBeginsAnotherTerm() {
        var store = new TokenDispenser();
        var a = candidate("a", store).tick();
        var token = a.token();

        a.elapse(ofMillis(10_000));
        assertThat(a.leads()).isFalse();
        assertThat(a.tick().leads()).isTrue();
        assertThat(a.token()).isGreaterThan(token);
        assertThat(a.leadership.count()).isEqualTo(2);
        assertThat(a.heard).containsExactly("gained true", "lost false", "gained true");
    }

    @Test
    default void wallClocksThatDisagreeChangeNothing() {
        for (var skew : List.of(ofSeconds(60), ofSeconds(-60))) {
            var store = new TokenDispenser();
            var a = new Candidate(client(), namespace(), "a" + skew, store, skew).tick();
            var b = new Candidate(client(), namespace(), "b" + skew, store, skew.negated()).tick();
            for (var s = 0; s < 30; s++) {
                assertThat(a.elapse(ofSeconds(1)).tick().leads()).isTrue();
                assertThat(b.elapse(ofSeconds(1)).tick().leads()).isFalse();
            }
            assertThat(b.elapse(ofSeconds(14)).tick().leads()).isFalse();
            assertThat(b.elapse(ofSeconds(1)).tick().leads()).isTrue();
            b.leadership.stop();
        }
    }

    @Test
    default void withoutTheStoreTheLeaseIsHeldButNobodyLeads() {
        var store = new TokenDispenser();
        store.down(true);
        var a = candidate("a", store).tick();
        var b = candidate("b", store);
        for (var s = 0; s < 30; s++) {
            assertThat(a.elapse(ofSeconds(1)).tick().leads()).isFalse();
            assertThat(b.elapse(ofSeconds(1)).tick().leads()).isFalse();
        }
        assertThat(LeaderLease.holder(lease())).contains("a");
        assertThat(a.heard).isEmpty();

        store.down(false);
        assertThat(a.tick().leads()).isTrue();
    }

    @Test
    default void aLeaderNeedsTheStoreOnlyWhenItsTermBegins() {
        var store = new TokenDispenser();
        var a = candidate("a", store).tick();
        store.down(true);
        assertThat(a.elapse(ofSeconds(1)).tick().leads()).isTrue();
    }

    @Test
    default void whoLosesTheLeaseWhileDrawingATokenDoesNotLead() {
        var store = new TokenDispenser();
        store.meanwhile(() -> client().resource(new LeaseBuilder(lease())
                        .editSpec()
                        .withHolderIdentity("somebody")
                        .endSpec()
                        .build())
                .update());
        var a = candidate("a", store).tick();

        assertThat(a.leads()).isFalse();
        assertThat(a.heard).isEmpty();
        assertThat(a.tick().leadership.leader()).contains("somebody");
    }

    /** What somebody else's token, drawn too late, does to the one who rightly leads. */
    @Test
    default void aLeaderWhoseWriteIsRefusedDrawsAnotherToken() {
        var store = new TokenDispenser();
        var a = candidate("a", store).tick();
        var token = a.token();
        var outranks = store.lead(token);

        a.leadership.fenced(token - 1); // of an earlier term
        assertThat(a.leads()).isTrue();
        a.leadership.fenced(token);
        assertThat(a.leads()).isFalse();
        assertThat(a.tick().token()).isGreaterThan(outranks);
        assertThat(a.heard).containsExactly("gained true", "lost false", "gained true");
    }

    @Test
    default void aTokenOutlivesTheStore() {
        var store = new TokenDispenser();
        var a = candidate("a", store).tick().tick();
        var token = a.token();
        a.leadership.stop();
        store.flush();

        assertThat(candidate("b", store).tick().token()).isGreaterThan(token);
    }

    @Test
    default void aLeaseThatIsDeletedBeginsAnotherTerm() {
        var store = new TokenDispenser();
        var a = candidate("a", store).tick();
        var token = a.token();
        LeaderLease.in(client(), namespace()).delete();

        assertThat(a.elapse(ofSeconds(1)).tick().token()).isGreaterThan(token);
        assertThat(a.heard).containsExactly("gained true", "lost false", "gained true");
    }

    @Test
    default void anAnnotationNeitherEndsATermNorIsLost() {
        var cluster = new KubernetesCluster(
                ClusterClient.over(client()),
                new PodSelector(namespace(), AgentPods.LABELS),
                new PodSightings(Optional.empty()),
                new AgentCalls(8000));
        var a = candidate("a", new TokenDispenser()).tick();
        var token = a.token();
        cluster.rememberOpened("gen-1");
        for (var i = 0; i < 3; i++) a.elapse(ofSeconds(1)).tick();

        assertThat(a.token()).isEqualTo(token);
        assertThat(cluster.everOpened()).isTrue();
        cluster.rememberOpened("gen-2");
        a.leadership.stop();
        assertThat(LeaderLease.holder(lease())).isEmpty();
        assertThat(cluster.everOpened()).isTrue();
    }

    @Test
    default void aLeaderThatIsCutOffStopsAtItsDeadline() throws IOException {
        var master = URI.create(client().getConfiguration().getMasterUrl());
        try (var relay = new Relay(master.getHost(), master.getPort());
                var through = ClusterClient.connect(
                        new ConfigBuilder(client().getConfiguration())
                                .withMasterUrl(master.getScheme() + "://127.0.0.1:" + relay.port() + "/")
                                .build(),
                        Candidate.TIMES.request())) {
            var store = new TokenDispenser();
            var a = new Candidate(through.api(), namespace(), "a", store).tick();
            assertThat(a.leads()).isTrue();
            relay.cut();
            assertThat(a.elapse(ofSeconds(5)).tick().leads()).isTrue();
            assertThat(a.elapse(ofMillis(4_999)).tick().leads()).isTrue();
            assertThat(a.elapse(ofMillis(1)).tick().leads()).isFalse();
            assertThat(a.heard).containsExactly("gained true", "lost false");
            relay.mend();
            assertThat(a.tick().leads()).isTrue();
        }
    }

    private Candidate candidate(String name, TokenDispenser store) {
        return new Candidate(client(), namespace(), name, store);
    }

    private Lease lease() {
        return LeaderLease.in(client(), namespace()).require();
    }
}
