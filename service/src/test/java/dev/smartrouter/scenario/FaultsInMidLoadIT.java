package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.History;
import dev.smartrouter.history.Judge;
import dev.smartrouter.history.Law;
import dev.smartrouter.history.Outcome;
import dev.smartrouter.history.Pods;
import dev.smartrouter.pool.StoreLaws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Routers stand still or are replaced, and Redis dies, while calls come in; no pod has two calls, no call two pods, and
 * none is lost. {@code -Drounds=50} does each of them more often. And the proof that the judge would see it: a Redis that
 * keeps nothing, killed together with all who remember.
 */
class FaultsInMidLoadIT {
    private static final int ROUNDS = Integer.getInteger("rounds", 2);
    private static final int CALLERS = 6;
    /** A request that a router held in its hand all this while is too late when it goes on. */
    private static final int MANY = 400;

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final List<String> CHAIN = List.of("pool:gold");
    private static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":1}},"default_chain":["gold"]}""";
    private static final List<String> PODS =
            IntStream.range(0, 7).mapToObj(i -> "voice-agent-" + i).toList();
    private static final Judge JUDGE = new Judge(
            new Pods(PODS.stream().collect(Collectors.toMap(Function.identity(), pod -> "pool:gold")), Map.of()));

    private final CopyOnWriteArrayList<Router> routers = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> talking = new HashMap<>();

    @Test
    void routersThatStandStillAndGoOnTakeNothingAndGiveNothingTwice() {
        try (var town = town()) {
            start(town);
            talk();
            var load = CallLoad.start(CALLERS, "CA-", CHAIN, routers);
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitCalls(CALLERS);
                var paused = (Router.Separate) routers.removeFirst(); // whoever asked it waits, and nobody else asks it
                paused.freeze();
                load.awaitCalls(MANY);
                paused.thaw();
                routers.add(paused);
            }
            load.awaitCalls(CALLERS);
            assertUnharmed(town, load);
        }
    }

    @Test
    void routersThatAreReplacedOneAfterAnotherLoseNothing() {
        try (var town = town()) {
            start(town);
            talk();
            var load = CallLoad.start(CALLERS, "CA-", CHAIN, routers);
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitCalls(CALLERS);
                var next = town.join(Router.apart(town.settings()));
                next.awaitReady();
                routers.add(next);
                var old = (Router.Separate) routers.getFirst();
                assertThat(old.terminate(GRACE)).as("ended in time").isTrue();
                routers.remove(old);
                town.left(old);
                load.awaitCalls(CALLERS);
            }
            assertUnharmed(town, load);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everysec", "always"})
    void aRedisThatIsKilledAndHasItsLogTakesNoPodAndNoCallWithIt(String fsync) {
        try (var town = town("--appendonly yes", "--appendfsync " + fsync)) {
            for (int i = 0; i < 2; i++)
                routers.add(town.join(Router.here(town.settings())).awaitReady());
            talk();
            var load = CallLoad.start(CALLERS, "CA-", CHAIN, routers);
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitCalls(10 * CALLERS);
                town.redis().kill();
                town.redis().startAgain();
                town.reconnect();
                load.awaitCalls(CALLERS);
            }
            assertUnharmed(town, load);
        }
    }

    /** Without its log the same breaks what we promise: so the test above would notice. */
    @Test
    void withNothingOnDiskAndNobodyWhoRemembersTheJudgeFindsPodsThatHaveTwoCalls() {
        var found = JUDGE.oneCallAPod(allLostWith("--appendonly no"));
        assertThat(found).hasValueSatisfying(finding -> {
            assertThat(finding.law()).isEqualTo(Law.ONE_CALL_A_POD);
            assertThat(finding.story()).contains("CA-before-").contains("CA-after-");
        });
    }

    @Test
    void withTheLogOnDiskTheSameLossHarmsNobody() {
        assertThat(JUDGE.oneCallAPod(allLostWith("--appendonly yes", "--appendfsync always")))
                .isEmpty();
    }

    /** Redis and all routers die under live calls and are started again; then more calls come than there are pods. */
    private static History allLostWith(String... redisSettings) {
        try (var town = town(redisSettings).with("QUARANTINE", "0s").with("RECOVERY_WAIT", "1s");
                var recording = new Recording()) {
            town.routers(2);
            for (int i = 0; i < 4; i++)
                assertThat(place(recording, town.caller(i), "CA-before-" + i)).isInstanceOf(Outcome.New.class);
            var killed = List.of(town.router(0), town.router(1));
            town.redis().kill();
            for (var router : killed) {
                town.left(router);
                router.close();
            }
            town.redis().startAgain();
            town.reconnect();
            if (!town.keys().exists("voice:tier:config")) { // as its operator would
                town.tiers(TIERS).pods("gold", PODS.toArray(String[]::new));
            }
            town.routers(2);
            var answers = new ArrayList<Outcome>();
            for (int i = 0; i <= PODS.size(); i++) answers.add(place(recording, town.caller(i), "CA-after-" + i));
            assertThat(answers).as("all pods are taken").hasAtLeastOneElementOfType(Outcome.NoPods.class);
            return recording.history();
        }
    }

    private static Outcome place(Recording recording, Caller caller, String call) {
        return recording.take("caller", new Question(new Allocate(call, CHAIN), false, () -> caller.allocate(call)));
    }

    private static Town town(String... redisSettings) {
        return Town.found(redisSettings).tiers(TIERS).pods("gold", PODS.toArray(String[]::new));
    }

    /** Two routers that are processes of their own, one by one: a busy machine is slow to start them. */
    private void start(Town town) {
        for (int i = 0; i < 2; i++)
            routers.add(town.join(Router.apart(town.settings())).awaitReady());
    }

    /** Calls that last all the while. */
    private void talk() {
        for (int i = 0; i < 2; i++)
            talking.put(
                    "CA-talking-" + i,
                    routers.get(i).caller().allocate("CA-talking-" + i).is(200));
    }

    private void assertUnharmed(Town town, CallLoad load) {
        var history = load.stop();
        System.out.println("faults: " + ROUNDS + ", calls served meanwhile: " + load.served());
        assertThat(JUDGE.oneCallAPod(history)).isEmpty();
        assertThat(Judge.onePodACall(history)).isEmpty();
        for (var router : routers)
            talking.forEach((call, first) -> router.caller().allocate(call).replays(first));
        StoreLaws.assertHold(town.keys());
        // 404 is what a release says that was run, lost its answer, and was said again.
        talking.keySet()
                .forEach(call -> assertThat(
                                routers.getFirst().caller().release(call).status())
                        .isIn(200, 404));
        town.awaitWhole();
    }
}
