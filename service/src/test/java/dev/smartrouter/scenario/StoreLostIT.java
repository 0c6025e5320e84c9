package dev.smartrouter.scenario;

import static dev.smartrouter.scenario.ClusterTown.pods;
import static dev.smartrouter.scenario.ClusterTown.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.StoreLaws;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store forgets, in part or all of it, under live calls; the reference's scenario 9.6 C among them. */
class StoreLostIT {
    private static final int FLUSHES = Integer.getInteger("store.flushes", 20);
    private static final int LIVE = 50;
    private static final Duration WHOLE = Duration.ofSeconds(15);
    private static final String EXCLUSIVE = """
            {"tiers":{"gold":{"type":"exclusive","target":1}},"default_chain":["gold"]}""";

    private static final String MIXED = """
            {"tiers":{"gold":{"type":"exclusive","target":1},"basic":{"type":"shared","target":2,"max_concurrent":3}},\
            "default_chain":["gold","basic"]}""";

    private final ClusterTown town = ClusterTown.found();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void aFlushedStoreIsWholeAgainAndNoLiveCallsPodWasGivenAway() {
        town.tiers(EXCLUSIVE).agents(LIVE + 5).routers(3);
        town.awaitAvailable(pods(0, LIVE + 5));
        var live = callsOn(LIVE);
        awaitMirrored(LIVE);
        var idle = new TreeSet<>(pods(0, LIVE + 5));
        live.values().forEach(call -> idle.remove(call.pod()));
        var slowest = Duration.ZERO;
        for (int flush = 0; flush < FLUSHES; flush++) {
            // One more since the mirrors last looked: the router that took it remembers.
            var ending = "CA-" + flush % LIVE;
            town.caller(flush).release(ending).is(200);
            live.put(ending, town.caller(flush).allocate(ending).took("pool:gold"));
            var strangers = new Strangers(live);
            var asking = Crowd.meanwhile(strangers::run);
            var before = System.nanoTime();
            town.keys().flushDB();
            within(WHOLE, "whole pools").until(() -> known(live) && town.keys().exists("voice:state:gen"));
            var took = Duration.ofNanos(System.nanoTime() - before);
            if (took.compareTo(slowest) > 0) slowest = took;
            strangers.stop();
            assertThat(asking.join()).as("pods of live calls given to others").isEmpty();
            within(WHOLE, "idle pods").until(() -> town.available().size() == 5);
            StoreLaws.assertHold(town.keys());
        }
        System.out.println("flushes: " + FLUSHES + ", slowest back in " + slowest.toMillis() + " ms");
        live.forEach((call, first) -> town.caller(1).allocate(call).replays(first));
        live.keySet().forEach(call -> town.caller(2).release(call).is(200));
        town.awaitAvailable(pods(0, LIVE + 5));
    }

    @Test
    void aRedisThatComesBackEmptyIsFilledFromTheClusterAndTheRoutersMemory() {
        town.tiers(MIXED).agents(5).routers(2);
        town.awaitAvailable(pods(0, 5));
        town.town().merchant("shop", "{\"tier\":\"basic\"}");
        var live = callsOn(6);
        awaitMirrored(6);
        town.town().redis().kill();
        town.town().redis().startAgain();
        town.town().reconnect();

        within(WHOLE, "live calls").until(() -> known(live) && town.keys().exists("voice:state:gen"));
        live.forEach((call, first) -> town.caller(1).allocate(call).replays(first));
        assertThat(town.keys().get("voice:tier:config")).isEqualTo(MIXED);
        live.keySet().forEach(call -> town.caller().release(call).is(200));
        town.awaitAvailable(pods(0, 5));
    }

    @Test
    void aRedisThatComesBackWithAnOlderSnapshotIsBroughtUpToDate() {
        town.tiers(EXCLUSIVE).agents(8).routers(2);
        town.awaitAvailable(pods(0, 8));
        var live = callsOn(4); // CA-0 to CA-3
        town.keys().save();
        // What the snapshot has and is over, what it has not, and what is another call by the same sid.
        town.caller().release("CA-0").is(200);
        live.remove("CA-0");
        town.caller(1).release("CA-1").is(200);
        live.put("CA-1", town.caller().allocate("CA-1").took("pool:gold"));
        live.put("CA-9", town.caller(1).allocate("CA-9").took("pool:gold"));
        town.agents().delete(VoiceAgents.pod(7));
        within(WHOLE, "removal").until(() -> !town.keys().exists("voice:pod:voice-agent-7"));
        if (live.values().removeIf(call -> call.pod().equals(VoiceAgents.pod(7))))
            assertThat(live).isNotEmpty();
        awaitMirrored(live.size());

        town.town().redis().kill();
        town.town().redis().startAgain();
        town.town().reconnect();
        assertThat(town.keys().exists("voice:pod:voice-agent-7"))
                .as("an older snapshot")
                .isTrue();

        within(WHOLE, "live calls")
                .until(() -> known(live)
                        && town.town().liveCalls().equals(live.keySet())
                        && town.keys().exists("voice:state:gen"));
        within(WHOLE, "removal").until(() -> !town.keys().exists("voice:pod:voice-agent-7"));
        StoreLaws.assertHold(town.keys());
        live.forEach((call, first) -> town.caller(1).allocate(call).replays(first));
        live.keySet().forEach(call -> town.caller().release(call).is(200));
        town.awaitAvailable(pods(0, 7));
    }

    @Test
    void withAllRoutersAndTheStoreLostPodsAreHeldUnlessTheirAgentSaysWhatItHas() {
        var talking = new Agent(VoiceAgents.pod(0), 0);
        var silent = new Agent(VoiceAgents.pod(1), talking.port());
        try (talking;
                silent) {
            town.with("AGENT_PORT", Integer.toString(talking.port()));
            town.tiers(EXCLUSIVE).agents(3).routers(1);
            town.awaitAvailable(pods(0, 3)); // a first install holds nothing
            var old = town.routers().getFirst();
            town.left(old);
            old.close();
            town.town().redis().kill();
            town.town().redis().startAgain();
            town.town().reconnect();
            town.tiers(EXCLUSIVE);
            talking.has("CA-live");

            town.routers(2);
            town.awaitAvailable(VoiceAgents.pod(1));
            var live = town.caller().allocate("CA-live").is(200);
            assertThat(live.pod()).isEqualTo(VoiceAgents.pod(0));
            assertThat(live.wasExisting()).isTrue();
            assertThat(live.wsUrl()).contains(VoiceAgents.pod(0));
            assertThat(town.caller().allocate("CA-new").took("pool:gold").pod()).isEqualTo(VoiceAgents.pod(1));
            town.caller(1).allocate("CA-other").findsNoPodIn("pool:gold");
            assertThat(town.caller().pod(VoiceAgents.pod(2)).text("held_until")).isNotEmpty();

            town.caller(1).undrain(VoiceAgents.pod(2)).is(200);
            assertThat(town.caller().allocate("CA-other").took("pool:gold").pod())
                    .isEqualTo(VoiceAgents.pod(2));
            town.caller().release("CA-live").is(200);
            town.awaitAvailable(VoiceAgents.pod(0));
        }
    }

    @Test
    void whatAnAgentSaysOutweighsWhatTheRoutersRemember() {
        var agent = new Agent(VoiceAgents.pod(0), 0);
        try (agent) {
            town.with("AGENT_PORT", Integer.toString(agent.port()));
            town.tiers(EXCLUSIVE).agents(1).routers(2);
            town.awaitAvailable(pods(0, 1));
            town.caller().allocate("CA-over").took("pool:gold");
            awaitMirrored(1);
            // It began long ago, for the routers: an agent may not know yet of a younger one.
            agent.has("CA-really");
            town.keys().hset("voice:call:CA-over", "allocated_at", "1700000000000");
            awaitMirroredAnew();
            town.keys().flushDB();

            within(WHOLE, "the agent's call")
                    .until(() -> town.town().liveCalls().equals(new TreeSet<>(List.of("CA-really"))));
            assertThat(town.caller(1).allocate("CA-really").is(200).pod()).isEqualTo(VoiceAgents.pod(0));
            StoreLaws.assertHold(town.keys());
        }
    }

    @Test
    void takingOverFromTheOriginalAdoptsItsCallsAndHoldsNothing() {
        var pods = List.of("voice-agent-0", "voice-agent-1", "voice-agent-2");
        town.town().pods("gold", pods.toArray(String[]::new));
        town.tiers(EXCLUSIVE).agents(3);
        var keys = town.keys();
        keys.srem("voice:pool:gold:available", "voice-agent-0");
        keys.hset("voice:pod:voice-agent-0", Map.of("status", "allocated", "allocated_call_sid", "CA-theirs"));
        keys.setex("voice:lease:voice-agent-0", 3600, "CA-theirs");
        var since = Instant.now().plusSeconds(5).toString();
        keys.hset(
                "voice:call:CA-theirs",
                Map.of("pod_name", "voice-agent-0", "source_pool", "pool:gold", "allocated_at", since));
        keys.expire("voice:call:CA-theirs", 3600);

        town.routers(2);
        within(WHOLE, "pods of the cluster")
                .until(() -> !"legacy".equals(town.keys().hget("voice:pod:voice-agent-0", "inc"))
                        && town.keys().hget("voice:pod:voice-agent-0", "inc") != null);
        town.awaitAvailable("voice-agent-1", "voice-agent-2");
        assertThat(town.caller().allocate("CA-theirs").is(200).pod()).isEqualTo("voice-agent-0");
        town.caller(1).release("CA-theirs").is(200);
        town.awaitAvailable(pods(0, 3));
    }

    private Map<String, Answer> callsOn(int howMany) {
        var live = new TreeMap<String, Answer>();
        for (int i = 0; i < howMany; i++)
            live.put("CA-" + i, town.caller(i).allocate("CA-" + i).is(200));
        return new HashMap<>(live);
    }

    /** The store knows every one of these calls, on its pod. */
    private boolean known(Map<String, Answer> live) {
        return live.entrySet().stream()
                .allMatch(call ->
                        call.getValue().pod().equals(town.keys().hget("voice:call:" + call.getKey(), "pod_name")));
    }

    private void awaitMirrored(int calls) {
        for (var router : town.routers()) {
            within(Duration.ofSeconds(15), "a router that remembers " + calls + " calls")
                    .until(() -> router.caller()
                            .get("/api/v1/metrics")
                            .body()
                            .contains("smart_router_active_calls " + calls + ".0"));
        }
    }

    /** Until every router has read the records again: one that is restarted remembers what the store has. */
    private void awaitMirroredAnew() {
        for (var old : town.routers()) {
            town.left(old);
            old.close();
            town.routers(1);
        }
        awaitMirrored(1);
    }

    /** New calls all the while: none may get a pod that has a live one. */
    private final class Strangers {
        private final Map<String, String> pods = new HashMap<>();
        private final AtomicBoolean asking = new AtomicBoolean(true);

        Strangers(Map<String, Answer> live) {
            live.forEach((call, answer) -> pods.put(answer.pod(), call));
        }

        List<String> run() {
            var stolen = new ConcurrentLinkedQueue<String>();
            for (int i = 0; asking.get(); i++) {
                var answer = town.caller(i).allocate("CA-stranger-" + i);
                if (!answer.isOk()) continue;
                if (pods.containsKey(answer.pod())) stolen.add(answer.pod() + " of " + pods.get(answer.pod()));
                town.caller(i + 1).release("CA-stranger-" + i);
            }
            return List.copyOf(stolen);
        }

        void stop() {
            asking.set(false);
        }
    }
}
