package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two routers on one Redis are one router: they know nothing of each other and need not. */
class TwoRoutersIT {
    private static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":1}},"default_chain":["gold"]}""";
    private static final int ASKED = 16;
    private static final Duration AT_WORK = Duration.ofSeconds(3);

    private enum Routers {
        IN_ONE_PROCESS(1_000),
        IN_PROCESSES_OF_THEIR_OWN(200);

        private final int calls;

        Routers(int calls) {
            this.calls = calls;
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsAskedForSixteenTimesAtOnceGetOnePodEach(Routers where) {
        var calls = where.calls;
        try (var town = town(calls, where)) {
            var answers = new ConcurrentHashMap<String, ConcurrentMap<String, String>>();
            var firsts = new AtomicInteger();
            var together = new CyclicBarrier(ASKED);
            Crowd.each(ASKED, asker -> {
                var caller = town.caller(asker);
                for (int i = 0; i < calls; i++) {
                    var call = "CA-once-" + i;
                    together.await();
                    var answer = caller.allocate(call).is(200);
                    answers.computeIfAbsent(call, c -> new ConcurrentHashMap<>())
                            .put(answer.wsUrl(), answer.pod());
                    if (!answer.wasExisting()) firsts.incrementAndGet();
                }
                return null;
            });
            assertThat(answers)
                    .hasSize(calls)
                    .allSatisfy((call, urls) -> assertThat(urls).hasSize(1));
            var pods = answers.values().stream()
                    .flatMap(urls -> urls.values().stream())
                    .collect(Collectors.toSet());
            assertThat(pods).as("an exclusive pod for each call").hasSize(calls);
            assertThat(firsts.get()).as("answers that say the pod is new").isLessThanOrEqualTo(calls);
            assertThat(town.keys().scard("voice:pool:gold:available")).isZero();
            assertThat(town.keys().zcard("voice:calls:by_expiry")).isEqualTo(calls);

            Crowd.each(ASKED, releaser -> {
                for (int i = releaser; i < calls; i += ASKED)
                    town.caller(i).release("CA-once-" + i).is(200);
                return null;
            });
            town.assertWhole();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noPodHasTwoLiveCallsHoweverOftenTheyAreReleased(Routers where) {
        try (var town = town(8, where)) {
            var onThePod = new ConcurrentHashMap<String, String>();
            var doubled = Collections.synchronizedList(new ArrayList<String>());
            var until = System.nanoTime() + AT_WORK.toNanos();
            var served = Crowd.each(16, worker -> {
                var mine = 0;
                for (int i = 0; System.nanoTime() < until; i++) {
                    var call = "CA-" + worker + "-" + i;
                    var answer = town.caller(worker + i).allocate(call);
                    if (!answer.isOk()) {
                        answer.findsNoPodIn("pool:gold");
                        continue;
                    }
                    mine++;
                    var other = onThePod.putIfAbsent(answer.pod(), call);
                    if (other != null) doubled.add(answer.pod() + ": " + call + " and " + other);
                    onThePod.remove(answer.pod(), call);
                    releaseThriceAtOnce(town, call);
                }
                return mine;
            });
            assertThat(doubled).isEmpty();
            assertThat(served.stream().mapToInt(Integer::intValue).sum()).isGreaterThan(200);
            town.assertWhole();
        }
    }

    private static void releaseThriceAtOnce(Town town, String call) {
        var statuses = Crowd.atOnce(3, i -> town.caller(i).release(call).status()).stream()
                .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
        assertThat(statuses.keySet()).isSubsetOf(200, 404);
        assertThat(statuses.getOrDefault(200, 0L))
                .as("releases of %s that did it", call)
                .isLessThanOrEqualTo(1);
    }

    private static Town town(int pods, Routers where) {
        var names = IntStream.range(0, pods).mapToObj(i -> "voice-agent-" + i).toArray(String[]::new);
        var town = Town.found().tiers(TIERS).pods("gold", names);
        return where == Routers.IN_ONE_PROCESS ? town.routers(2) : town.separateRouters(2);
    }
}
