package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Routers die by {@code kill -9} in the middle of their work, and nobody's pod dies with them. */
class KilledRouterIT {
    private static final int KILLS = 10;
    private static final int WORKERS = 4;
    private static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":1},"basic":{"type":"shared","target":1,"max_concurrent":20}},\
            "default_chain":["gold","basic"]}""";

    @Test
    void tenRoutersKilledInMidLoadLoseNoPodAndNoCall() {
        var pods = IntStream.range(0, 12).mapToObj(i -> "voice-agent-" + i).toArray(String[]::new);
        try (var town = Town.found().tiers(TIERS).pods("gold", pods).sharedPod("basic", "voice-agent-shared")) {
            var alive = new CopyOnWriteArrayList<Router.Separate>();
            for (int i = 0; i < 2; i++) alive.add(start(town));
            alive.forEach(Router::awaitReady);

            var firstAnswers = new ConcurrentHashMap<String, Answer>();
            for (int kill = 0; kill < KILLS; kill++) {
                if (kill > 0) alive.add(start(town));
                alive.forEach(Router::awaitReady);
                var talking = "CA-talking-" + kill;
                firstAnswers.put(
                        talking, alive.getFirst().caller().allocate(talking).is(200));

                var load = new Load("CA-" + kill + "-", alive);
                var working = CompletableFuture.supplyAsync(load::run);
                load.awaitSome();
                alive.removeFirst().kill();
                load.awaitSome();
                firstAnswers.forEach((call, first) ->
                        alive.getFirst().caller().allocate(call).replays(first));
                load.stop();
                assertThat(working.join()).as("calls served").isGreaterThan(WORKERS);
                assertThat(load.doubled).isEmpty();
                assertThat(load.moved).isEmpty();
            }

            var survivor = alive.getFirst().caller();
            assertThat(town.liveCalls()).containsExactlyInAnyOrderElementsOf(firstAnswers.keySet());
            firstAnswers.forEach((call, first) ->
                    assertThat(survivor.release(call).is(200).pod()).isEqualTo(first.pod()));
            town.assertWhole();
        }
    }

    private static Router.Separate start(Town town) {
        var router = Router.apart(town.settings());
        town.join(router);
        return router;
    }

    /** Workers that place calls, and ask another router when theirs does not answer. */
    private static final class Load {
        private final String name;
        private final List<Router.Separate> routers;
        private final Map<String, String> onThePod = new ConcurrentHashMap<>();
        private final List<String> doubled = Collections.synchronizedList(new ArrayList<>());
        private final List<String> moved = Collections.synchronizedList(new ArrayList<>());
        private final AtomicBoolean working = new AtomicBoolean(true);
        private final AtomicInteger served = new AtomicInteger();

        private Load(String name, List<Router.Separate> routers) {
            this.name = name;
            this.routers = routers;
        }

        /** Calls served until it is stopped. */
        private int run() {
            Crowd.each(WORKERS, worker -> {
                for (int i = 0; working.get(); i++) place(name + worker + "-" + i, worker + i);
                return null;
            });
            return served.get();
        }

        private void stop() {
            working.set(false);
        }

        private void awaitSome() {
            var now = served.get();
            Awaitility.await("calls").until(() -> served.get() > now + 2 * WORKERS);
        }

        private void place(String call, int router) {
            var first = ask(router, caller -> caller.allocate(call));
            if (first.status() == 503) return; // no place left
            var exclusive = first.pool().equals("pool:gold");
            var other = exclusive ? onThePod.putIfAbsent(first.pod(), call) : null;
            if (other != null) doubled.add(first.pod() + ": " + call + " and " + other);
            var again = ask(router + 1, caller -> caller.allocate(call));
            if (!again.wsUrl().equals(first.wsUrl())) moved.add(call + ": " + first + " then " + again);
            if (exclusive) onThePod.remove(first.pod(), call);
            ask(router, caller -> caller.release(call));
            served.incrementAndGet();
        }

        /** From router to router until one answers, and knows what to answer. */
        private Answer ask(int router, Function<Caller, Answer> question) {
            for (int i = router; ; i++) {
                var answer = tried(i, question);
                if (answer.filter(Load::isCertain).isPresent()) return answer.get();
            }
        }

        private static boolean isCertain(Answer answer) {
            return answer.status() != 503 || answer.text("error").equals("no pods available");
        }

        private Optional<Answer> tried(int router, Function<Caller, Answer> question) {
            var all = List.copyOf(routers);
            try {
                return Optional.of(question.apply(all.get(router % all.size()).caller()));
            } catch (UncheckedIOException e) {
                return Optional.empty(); // killed
            }
        }
    }
}
