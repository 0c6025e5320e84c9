package dev.smartrouter.scenario;

import static dev.smartrouter.scenario.ClusterTown.pods;
import static dev.smartrouter.scenario.ClusterTown.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.StoreLaws;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator changes the tiers while calls come and go. */
class TiersChangeIT {
    private static final Duration RECONCILE = Duration.ofSeconds(2);
    private static final int PODS = 12;
    private static final int WORKERS = 2; // so that there are idle pods to move

    private final ClusterTown town = ClusterTown.found().with("RECONCILE_INTERVAL", RECONCILE.toSeconds() + "s");

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void targetsChangeATierGoesAndOneIsRetypedUnderLoad() {
        town.tiers(tiers("gold", "exclusive", 6, "silver", "exclusive", 4, "basic", "shared", 2));
        town.agents(PODS).routers(2);
        town.awaitAvailable(pods(0, PODS));
        assertThat(sizes()).isEqualTo(Map.of("pool:gold", 6, "pool:silver", 4, "pool:basic", 2));
        var talking = town.caller().allocate("CA-talking").took("pool:gold");

        var load = new Load();
        var working = Crowd.meanwhile(load::run);
        converges("gold", "exclusive", 3, "silver", "exclusive", 7, "basic", "shared", 2);
        converges("gold", "exclusive", 6, "basic", "shared", 6);
        converges("gold", "shared", 6, "basic", "shared", 6);
        converges("gold", "shared", 6, "basic", "exclusive", 6);
        converges("gold", "exclusive", 6, "basic", "exclusive", 6);
        load.working.set(false);
        working.join();

        assertThat(load.errors).isEmpty();
        assertThat(load.served.get()).isGreaterThan(100);
        town.caller(1).allocate("CA-talking").replays(talking);
        town.caller(1).release("CA-talking").is(200);
        town.awaitAvailable(pods(0, PODS));
        assertThat(sizes()).isEqualTo(Map.of("pool:gold", 6, "pool:basic", 6));
    }

    /** Within two periods, every pool has its size and type; the last pods may wait for their calls to end. */
    private void converges(Object... tiers) {
        var wanted = tiers(tiers);
        town.tiers(wanted);
        var before = System.nanoTime();
        within(RECONCILE.multipliedBy(2).plusMillis(500), wanted).untilAsserted(() -> {
            var sizes = new ConcurrentHashMap<String, Integer>();
            for (int i = 0; i < tiers.length; i += 3) {
                sizes.put("pool:" + tiers[i], (Integer) tiers[i + 2]);
                assertThat(town.keys().hget("voice:tier:modes", "pool:" + tiers[i]))
                        .isEqualTo(tiers[i + 1]);
            }
            assertThat(sizes()).isEqualTo(sizes);
        });
        System.out.println(
                "converged in " + Duration.ofNanos(System.nanoTime() - before).toMillis() + " ms: " + wanted);
        assertThat(sizes().values().stream().mapToInt(Integer::intValue).sum())
                .as("pods, none lost")
                .isEqualTo(town.keys().keys("voice:pod:tier:*").size());
    }

    private Map<String, Integer> sizes() {
        return town.pools().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, pool -> pool.getValue().size()));
    }

    private static String tiers(Object... nameTypeTarget) {
        var tiers = new StringBuilder();
        var chain = new StringBuilder();
        for (int i = 0; i < nameTypeTarget.length; i += 3) {
            if (i > 0) tiers.append(',');
            if (i > 0) chain.append(',');
            tiers.append("\"%s\":{\"type\":\"%s\",\"target\":%d%s}"
                    .formatted(
                            nameTypeTarget[i],
                            nameTypeTarget[i + 1],
                            (Integer) nameTypeTarget[i + 2],
                            nameTypeTarget[i + 1].equals("shared") ? ",\"max_concurrent\":3" : ""));
            chain.append('"').append(nameTypeTarget[i]).append('"');
        }
        return "{\"tiers\":{" + tiers + "},\"default_chain\":[" + chain + "]}";
    }

    /** Workers that place a call, ask again for it, and end it. */
    private final class Load {
        private final AtomicBoolean working = new AtomicBoolean(true);
        private final AtomicInteger served = new AtomicInteger();
        private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();

        private int run() {
            Crowd.each(WORKERS, worker -> {
                for (int i = 0; working.get(); i++) place("CA-" + worker + "-" + i, worker + i);
                return null;
            });
            return served.get();
        }

        private void place(String call, int router) {
            var first = ask(router, caller -> caller.allocate(call));
            if (!first.isOk()) {
                errors.add("no pod: " + first);
                return;
            }
            var again = ask(router + 1, caller -> caller.allocate(call));
            if (!again.isOk() || !again.wsUrl().equals(first.wsUrl())) errors.add("moved: " + first + ", " + again);
            var released = ask(router, caller -> caller.release(call));
            if (!released.isOk() || !released.pod().equals(first.pod())) errors.add("release: " + released);
            served.incrementAndGet();
        }

        private Answer ask(int router, Function<Caller, Answer> question) {
            return question.apply(town.caller(router));
        }
    }

    @Test
    void aBusyPodOfATierThatGoesKeepsItsCall() {
        town.tiers(tiers("gold", "exclusive", 1, "basic", "shared", 1));
        town.agents(2).routers(2);
        town.awaitAvailable(pods(0, 2));
        var talking = town.caller().allocate("CA-gold").took("pool:gold");
        var crowd = List.of(
                town.caller().allocate("CA-basic-1").took("pool:basic"),
                town.caller().allocate("CA-basic-2").took("pool:basic"));

        converges("silver", "exclusive", 1, "basic", "shared", 1);
        town.caller(1).allocate("CA-gold").replays(talking);
        town.caller(1).allocate("CA-basic-1").replays(crowd.getFirst());
        town.caller(1).allocate("CA-3").took("pool:basic");
        town.caller(1).allocate("CA-4").findsNoPodIn("pool:silver", "pool:basic");
        assertThat(town.caller().release("CA-gold").is(200).text("released_to_pool"))
                .isEqualTo("pool:silver");
        StoreLaws.assertHold(town.keys());
        town.caller(1).allocate("CA-4").took("pool:silver");
    }
}
