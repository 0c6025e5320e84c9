package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * What routers find that begin on somebody else's keys: pools that an operator set by hand, and pools and live calls as
 * the original router left them (operations document 000, section 8), none of which holds a field of ours.
 */
class TakeoverIT {
    private static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":2},"standard":{"type":"exclusive","target":2},\
            "basic":{"type":"shared","target":1,"max_concurrent":3},"9shines":{"type":"exclusive","target":1}},\
            "default_chain":["gold","standard","basic"]}""";
    private static final String BASIC = "voice:pool:basic:available";

    private final Town town = Town.found().tiers(TIERS);
    private final Jedis keys = town.keys();

    @AfterEach
    void stop() {
        town.close();
    }

    @Test
    void poolsSetByHandWithTheirAvailableKeysAloneServe() {
        keys.sadd("voice:pool:gold:available", "voice-agent-0", "voice-agent-1");
        keys.sadd("voice:pool:standard:available", "voice-agent-2");
        keys.zadd(BASIC, 0, "voice-agent-3");
        keys.sadd("voice:merchant:9shines:pods", "voice-agent-4");
        town.merchant("9shines", "{\"pool\":\"9shines\"}").routers(2);

        town.caller(0).allocate("CA-own", "9shines").took("merchant:9shines");
        var pools = IntStream.range(0, 6)
                .mapToObj(i -> town.caller(i).allocate("CA-" + i).is(200).pool())
                .toList();
        assertThat(pools)
                .containsExactly("pool:gold", "pool:gold", "pool:standard", "pool:basic", "pool:basic", "pool:basic");
        town.caller().allocate("CA-one-too-many").findsNoPodIn("pool:gold", "pool:standard", "pool:basic");
        for (int i = 0; i < 6; i++) town.caller(i + 1).release("CA-" + i).is(200);
        town.caller(1).release("CA-own").is(200);

        assertThat(keys.smembers("voice:pool:gold:available"))
                .containsExactlyInAnyOrder("voice-agent-0", "voice-agent-1");
        assertThat(keys.smembers("voice:pool:gold:assigned"))
                .containsExactlyInAnyOrder("voice-agent-0", "voice-agent-1");
        assertThat(keys.smembers("voice:merchant:9shines:pods")).containsExactly("voice-agent-4");
        assertThat(keys.zscore(BASIC, "voice-agent-3")).isZero();
    }

    @Test
    void aPodAddedByHandWhileRoutersRunServesTheNextCall() {
        town.pods("gold", "voice-agent-0").routers(1);
        town.caller().allocate("CA-0").took("pool:gold");
        town.caller().allocate("CA-1").findsNoPodIn("pool:gold", "pool:standard", "pool:basic");
        keys.sadd("voice:pool:gold:available", "voice-agent-1");
        assertThat(town.caller().allocate("CA-1").took("pool:gold").pod()).isEqualTo("voice-agent-1");
        await("membership").until(() -> keys.sismember("voice:pool:gold:assigned", "voice-agent-1"));
        town.caller().release("CA-1").is(200);
        assertThat(keys.smembers("voice:pool:gold:available")).containsExactly("voice-agent-1");
    }

    @Test
    void aSharedPoolSetByHandAsAPlainSetIsSharedAllTheSame() {
        keys.sadd(BASIC, "voice-agent-3");
        town.routers(1);
        await("a shared pool").until(() -> keys.type(BASIC).equals("zset"));
        for (int i = 1; i <= 3; i++) {
            town.caller().allocate("CA-" + i).took("pool:basic");
            assertThat(keys.zscore(BASIC, "voice-agent-3")).isEqualTo(i);
        }
        town.caller().allocate("CA-4").findsNoPodIn("pool:gold", "pool:standard", "pool:basic");
    }

    @Test
    void namesThatCanBeNoPodsDoNotServeAndHarmNobody() {
        var nonsense = new String[] {
            "Not A Pod!", "voice-agent-", "-x", "metadata", "tier", "calls", "draining", "", "x".repeat(64)
        };
        town.pods("gold", "voice-agent-0").sharedPod("basic", "voice-agent-3");
        keys.sadd("voice:pool:gold:available", nonsense);
        keys.sadd("voice:pool:gold:assigned", nonsense);
        for (var name : nonsense) keys.zadd(BASIC, 0, name);
        var metadata = keys.hgetAll("voice:pod:metadata");
        town.routers(1);
        assertThat(town.caller().allocate("CA-0").took("pool:gold").pod()).isEqualTo("voice-agent-0");
        assertThat(town.caller().allocate("CA-1").took("pool:basic").pod()).isEqualTo("voice-agent-3");
        town.caller().release("CA-0").is(200);
        town.caller().release("CA-1").is(200);
        await("clean pools").atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(keys.smembers("voice:pool:gold:assigned")).containsExactly("voice-agent-0");
            town.assertWhole();
            assertThat(keys.zrange(BASIC, 0, -1)).containsExactly("voice-agent-3");
        });
        assertThat(keys.hgetAll("voice:pod:metadata")).isEqualTo(metadata);
        // the audit goes on: a pod that it alone can bring back comes back
        keys.srem("voice:pool:gold:available", "voice-agent-0");
        await("audit").until(() -> keys.sismember("voice:pool:gold:available", "voice-agent-0"));
        assertThat(town.caller()
                        .status()
                        .json()
                        .path("pools")
                        .path("gold")
                        .path("assigned")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theOriginalsLiveCallsKeepTheirPodsAndGiveThemBack() {
        theOriginalLeft();
        town.routers(2);
        var status = town.caller().status().json();
        assertThat(status.path("active_calls").asInt()).isEqualTo(5);
        assertThat(status.path("pools").path("gold").path("assigned").asInt()).isEqualTo(2);

        replays("CA-gold", "voice-agent-0", "pool:gold");
        replays("CA-standard", "voice-agent-2", "pool:standard");
        replays("CA-basic-1", "voice-agent-4", "pool:basic");
        replays("CA-basic-2", "voice-agent-4", "pool:basic");
        replays("CA-own", "voice-agent-5", "merchant:9shines");
        assertThat(town.caller().call("CA-gold").is(200).text("allocated_at")).isEqualTo("2026-02-08T10:15:30.000Z");

        // one gold pod is free, one standard pod talks and one drains, the shared pod has one place left of three
        assertThat(town.caller(0).allocate("CA-new-1").took("pool:gold").pod()).isEqualTo("voice-agent-1");
        assertThat(town.caller(1).allocate("CA-locked").took("pool:basic").pod())
                .isEqualTo("voice-agent-4");
        assertThat(keys.zscore(BASIC, "voice-agent-4")).isEqualTo(3);
        assertThat(keys.hgetAll("voice:call:CA-locked")).doesNotContainKey("_lock");
        assertThat(keys.ttl("voice:call:CA-locked")).isGreaterThan(80_000);
        town.caller(0).allocate("CA-new-2").findsNoPodIn("pool:gold", "pool:standard", "pool:basic");
        town.caller(0)
                .allocate("CA-new-3", "9shines")
                .findsNoPodIn("merchant:9shines", "pool:gold", "pool:standard", "pool:basic");

        releases("CA-gold", "voice-agent-0", "pool:gold");
        assertThat(keys.smembers("voice:pool:gold:available")).containsExactly("voice-agent-0");
        assertThat(keys.exists("voice:lease:voice-agent-0")).isFalse();
        releases("CA-basic-1", "voice-agent-4", "pool:basic");
        assertThat(keys.zscore(BASIC, "voice-agent-4")).isEqualTo(2);
        releases("CA-basic-2", "voice-agent-4", "pool:basic");
        assertThat(keys.zscore(BASIC, "voice-agent-4")).isEqualTo(1);
        releases("CA-standard", "voice-agent-2", "pool:standard");
        releases("CA-own", "voice-agent-5", "merchant:9shines");
        town.caller().release("CA-gold").is(404);
        releases("CA-new-1", "voice-agent-1", "pool:gold");
        releases("CA-locked", "voice-agent-4", "pool:basic");

        keys.del("voice:pod:draining:voice-agent-3");
        await("the drained pod").until(() -> keys.sismember("voice:pool:standard:available", "voice-agent-3"));
        assertThat(keys.smembers("voice:pool:standard:available")).isEqualTo(Set.of("voice-agent-2", "voice-agent-3"));
        assertThat(keys.smembers("voice:pool:gold:available")).isEqualTo(Set.of("voice-agent-0", "voice-agent-1"));
        assertThat(keys.smembers("voice:merchant:9shines:pods")).containsExactly("voice-agent-5");
        assertThat(keys.zscore(BASIC, "voice-agent-4")).isZero();
        assertThat(town.caller().status().json().path("active_calls").asInt()).isZero();
    }

    @Test
    void releasesOfTheOriginalsCallsMayComeInAnyOrderAndFromEverywhereAtOnce() {
        theOriginalLeft();
        town.routers(2);
        var calls = List.of("CA-gold", "CA-standard", "CA-basic-1", "CA-basic-2", "CA-own");
        var outcomes = Crowd.atOnce(
                        15, i -> town.caller(i).release(calls.get(i % 5)).status())
                .stream()
                .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
        assertThat(outcomes).isEqualTo(Map.of(200, 5L, 404, 10L));
        assertThat(keys.smembers("voice:pool:gold:available")).isEqualTo(Set.of("voice-agent-0", "voice-agent-1"));
        assertThat(keys.zscore(BASIC, "voice-agent-4")).isZero();
        assertThat(keys.keys("voice:lease:*")).isEmpty();
    }

    /** The original put a busy pod back when a transient error or a race misled it; here it must not be given away. */
    @Test
    void aBusyPodThatTheOriginalPutBackIsNotGivenAway() {
        theOriginalLeft();
        keys.sadd("voice:pool:gold:available", "voice-agent-0");
        keys.srem("voice:pool:gold:available", "voice-agent-1");
        keys.srem("voice:pool:gold:assigned", "voice-agent-1");
        keys.del("voice:pod:voice-agent-1", "voice:pod:tier:voice-agent-1");
        town.routers(1);
        town.caller().allocate("CA-new").took("pool:basic");
        assertThat(keys.smembers("voice:pool:gold:available")).isEmpty();
        releases("CA-gold", "voice-agent-0", "pool:gold");
        assertThat(keys.smembers("voice:pool:gold:available")).containsExactly("voice-agent-0");
    }

    /** TIER_CONFIG says one thing and the store another; what the store says is what the original ran on. */
    @Test
    void theOriginalsPoolsAreKnownByItsOwnConfigNotOurSeed() {
        keys.set(
                "voice:tier:config",
                "{\"tiers\":{\"crowd\":{\"type\":\"shared\",\"target\":1,\"max_concurrent\":3}},\"default_chain\":[\"crowd\"]}");
        keys.zadd("voice:pool:crowd:available", 2, "voice-agent-0");
        keys.sadd("voice:pool:crowd:assigned", "voice-agent-0");
        keys.set("voice:pod:tier:voice-agent-0", "crowd");
        call("CA-1", "voice-agent-0", "pool:crowd", "");
        call("CA-2", "voice-agent-0", "pool:crowd", "");
        pod("voice-agent-0", "CA-2", "pool:crowd");
        town.routers(1);
        assertThat(town.caller().status().json().path("active_calls").asInt()).isEqualTo(2);
        town.caller().allocate("CA-3").took("pool:crowd");
        town.caller().allocate("CA-4").findsNoPodIn("pool:crowd");
        for (var call : List.of("CA-1", "CA-2", "CA-3")) releases(call, "voice-agent-0", "pool:crowd");
        assertThat(keys.zscore("voice:pool:crowd:available", "voice-agent-0")).isZero();
    }

    /** The original took any text for a call sid, and such a call may still be talking. */
    @Test
    void aLiveCallOfTheOriginalsWhoseSidIsNoneHereBlocksNobody() {
        theOriginalLeft();
        call("sid with:blanks/é", "voice-agent-1", "pool:gold", "");
        pod("voice-agent-1", "sid with:blanks/é", "pool:gold");
        keys.srem("voice:pool:gold:available", "voice-agent-1");
        town.routers(1);
        town.caller().allocate("CA-new").took("pool:basic");
        town.caller().release("CA-new").is(200);
        assertThat(keys.smembers("voice:pool:gold:available"))
                .as("its pod is busy")
                .isEmpty();
        town.caller().pod("voice-agent-1").is(200);
        // the router still follows the store: its mirror has all calls that can be named
        var metrics = new Caller(town.router(0).admin());
        await("the mirror")
                .atMost(Duration.ofSeconds(5))
                .until(() -> metrics.get("/metrics").body().contains("smart_router_active_calls 5.0"));
        town.routers(1);
        town.caller(1).allocate("CA-elsewhere").is(200);
        await("the mirror")
                .atMost(Duration.ofSeconds(5))
                .until(() -> metrics.get("/metrics").body().contains("smart_router_active_calls 6.0"));
    }

    private void theOriginalLeft() {
        town.merchant(
                "9shines", "{\"tier\":\"gold\",\"pool\":\"9shines\",\"fallback\":[\"gold\",\"standard\",\"basic\"]}");
        var tierOf = Map.of(
                "voice-agent-0", "gold",
                "voice-agent-1", "gold",
                "voice-agent-2", "standard",
                "voice-agent-3", "standard",
                "voice-agent-4", "basic",
                "voice-agent-5", "merchant:9shines");
        tierOf.forEach((pod, tier) -> {
            keys.set("voice:pod:tier:" + pod, tier);
            keys.sadd("voice:" + (tier.contains(":") ? tier : "pool:" + tier) + ":assigned", pod);
            keys.hset("voice:pod:metadata", pod, "{\"name\":\"" + pod + "\",\"ip\":\"10.0.0.1\"}");
            keys.hset("voice:pod:" + pod, "status", "available");
        });
        keys.sadd("voice:pool:gold:available", "voice-agent-1");
        call("CA-gold", "voice-agent-0", "pool:gold", "9shines");
        pod("voice-agent-0", "CA-gold", "pool:gold");
        call("CA-standard", "voice-agent-2", "pool:standard", "");
        pod("voice-agent-2", "CA-standard", "pool:standard");
        keys.setex("voice:pod:draining:voice-agent-3", 360, "1");
        keys.hset("voice:pod:voice-agent-3", "status", "draining");
        keys.zadd(BASIC, 2, "voice-agent-4");
        call("CA-basic-1", "voice-agent-4", "pool:basic", "");
        call("CA-basic-2", "voice-agent-4", "pool:basic", "");
        pod("voice-agent-4", "CA-basic-2", "pool:basic");
        call("CA-own", "voice-agent-5", "merchant:9shines", "9shines");
        pod("voice-agent-5", "CA-own", "merchant:9shines");
        keys.hset("voice:call:CA-locked", "_lock", "1");
        keys.expire("voice:call:CA-locked", 30);
    }

    private void call(String call, String pod, String pool, String merchant) {
        keys.hset(
                "voice:call:" + call,
                new HashMap<>(Map.of(
                        "pod_name", pod,
                        "source_pool", pool,
                        "merchant_id", merchant,
                        "allocated_at", "2026-02-08T10:15:30Z")));
        keys.expire("voice:call:" + call, 86_000);
    }

    private void pod(String pod, String call, String pool) {
        keys.hset(
                "voice:pod:" + pod,
                Map.of(
                        "status",
                        "allocated",
                        "allocated_call_sid",
                        call,
                        "allocated_at",
                        "2026-02-08T10:15:30Z",
                        "source_pool",
                        pool));
        keys.setex("voice:lease:" + pod, 86_000, call);
    }

    private void replays(String call, String pod, String pool) {
        for (int router = 0; router < 2; router++) {
            var answer = town.caller(router).allocate(call).is(200);
            assertThat(answer.pod()).isEqualTo(pod);
            assertThat(answer.pool()).isEqualTo(pool);
            assertThat(answer.wasExisting()).isTrue();
            assertThat(answer.wsUrl()).isEqualTo(Town.AGENTS + "/ws/pod/" + pod + "/" + call);
        }
        town.caller()
                .form("/api/v1/twilio/allocate", "CallSid=" + call)
                .streamsTwilioTo(Town.AGENTS + "/ws/pod/" + pod + "/" + call);
    }

    private void releases(String call, String pod, String pool) {
        var answer = town.caller().release(call).is(200);
        assertThat(answer.pod()).isEqualTo(pod);
        assertThat(answer.text("released_to_pool")).isEqualTo(pool);
    }
}
