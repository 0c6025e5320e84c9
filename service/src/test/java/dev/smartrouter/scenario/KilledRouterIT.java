package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.history.Judge;
import dev.smartrouter.history.Pods;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Routers die by {@code kill -9} in the middle of their work, and nobody's pod dies with them. {@code -Dkills=200} kills
 * more of them.
 */
class KilledRouterIT {
    private static final int KILLS = Integer.getInteger("kills", 10);
    private static final int CALLERS = 4;
    private static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":1},"basic":{"type":"shared","target":1,"max_concurrent":20}},\
            "default_chain":["gold","basic"]}""";
    private static final List<String> CHAIN = List.of("pool:gold", "pool:basic");

    @Test
    void routersKilledInMidLoadLoseNoPodAndNoCall() {
        var gold = IntStream.range(0, 12).mapToObj(i -> "voice-agent-" + i).toList();
        var judge = new Judge(pods(gold));
        try (var town = Town.found()
                .tiers(TIERS)
                .pods("gold", gold.toArray(String[]::new))
                .sharedPod("basic", "voice-agent-shared")) {
            var alive = new CopyOnWriteArrayList<Router.Separate>();
            alive.add(start(town));

            var firstAnswers = new HashMap<String, Answer>();
            var served = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                alive.add(start(town));
                alive.forEach(Router::awaitReady);
                var talking = "CA-talking-" + kill % 10; // those of the first kills live through all others
                if (kill < 10)
                    firstAnswers.put(
                            talking, alive.getFirst().caller().allocate(talking).is(200));

                var load = CallLoad.start(CALLERS, "CA-" + kill + "-", CHAIN, alive);
                load.awaitCalls(2 * CALLERS);
                var killed = alive.removeFirst();
                killed.kill();
                load.awaitCalls(2 * CALLERS);
                firstAnswers.forEach((call, first) ->
                        alive.getFirst().caller().allocate(call).replays(first));
                var history = load.stop();
                served += load.served();
                assertThat(judge.oneCallAPod(history)).isEmpty();
                assertThat(Judge.onePodACall(history)).isEmpty();
                town.left(killed);
            }

            var survivor = alive.getFirst().caller();
            assertThat(town.liveCalls()).containsExactlyInAnyOrderElementsOf(firstAnswers.keySet());
            firstAnswers.forEach((call, first) ->
                    assertThat(survivor.release(call).is(200).pod()).isEqualTo(first.pod()));
            town.assertWhole();
            System.out.println("kills: " + KILLS + ", calls served meanwhile: " + served);
        }
    }

    private static Pods pods(List<String> gold) {
        var poolOf = new HashMap<>(Map.of("voice-agent-shared", "pool:basic"));
        gold.forEach(pod -> poolOf.put(pod, "pool:gold"));
        return new Pods(poolOf, Map.of("pool:basic", 20));
    }

    private static Router.Separate start(Town town) {
        var router = Router.apart(town.settings());
        town.join(router);
        return router;
    }
}
