package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import redis.clients.jedis.resps.Tuple;

/**
 * Operations document 004, its eighteen tests in its order with its call sids, twice in a row on one system. Where the
 * document leaves two outcomes open, the state that its own earlier tests leave decides: tests 12 and 13 find all nine
 * places taken, and are repeated once there is room.
 */
class ReferenceMerchantsIT {
    private static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":2},"standard":{"type":"exclusive","target":1},\
            "basic":{"type":"shared","target":1,"max_concurrent":3},"9shines":{"type":"exclusive","target":2},\
            "acme":{"type":"exclusive","target":1}},"default_chain":["gold","standard","basic"]}""";
    private static final Set<String> GOLD = Set.of("voice-agent-0", "voice-agent-1");
    private static final Set<String> NINE_SHINES = Set.of("voice-agent-4", "voice-agent-5");
    private static final String BASIC = "voice:pool:basic:available";

    private static Town town;
    private static Caller caller;
    private final Map<String, Answer> answers = new HashMap<>();

    @BeforeAll
    static void start() {
        town = Town.found()
                .tiers(TIERS)
                .pods("gold", "voice-agent-0", "voice-agent-1")
                .pods("standard", "voice-agent-2")
                .sharedPod("basic", "voice-agent-3")
                .merchantPods("9shines", "voice-agent-4", "voice-agent-5")
                .merchantPods("acme", "voice-agent-6")
                .merchant(
                        "9shines",
                        "{\"tier\":\"gold\",\"pool\":\"9shines\",\"fallback\":[\"gold\",\"standard\",\"basic\"]}")
                .merchant("acme", "{\"tier\":\"gold\",\"pool\":\"acme\",\"fallback\":[\"standard\",\"basic\"]}")
                .routers(1);
        caller = town.caller();
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    @TestFactory
    Stream<DynamicNode> theEighteenTestsTwiceInARow() {
        return Stream.of(
                dynamicContainer("the first time", theEighteenTests()),
                dynamicContainer("the same sids again", theEighteenTests()));
    }

    private List<DynamicTest> theEighteenTests() {
        return List.of(
                test("0 every pod is where the tier config wants it", this::thePoolsAreWhole),
                test("1 a default call gets a gold pod", () -> {
                    takes("CA_TEST_DEFAULT_01", "pool:gold", GOLD);
                    theKeysShow("CA_TEST_DEFAULT_01", "");
                }),
                test("2 the next gets the other gold pod", () -> {
                    takes("CA_TEST_DEFAULT_02", "pool:gold", GOLD);
                    assertThat(podOf("CA_TEST_DEFAULT_02")).isNotEqualTo(podOf("CA_TEST_DEFAULT_01"));
                    assertThat(town.keys().scard("voice:pool:gold:available")).isZero();
                }),
                test(
                        "3 with gold taken, the standard pod",
                        () -> takes("CA_TEST_DEFAULT_03", "pool:standard", Set.of("voice-agent-2"))),
                test("4 with standard taken, the shared pod", () -> {
                    takes("CA_TEST_DEFAULT_04", "pool:basic", Set.of("voice-agent-3"));
                    basicCarries(1);
                }),
                test("5 the same shared pod carries a second call", () -> {
                    takes("CA_TEST_DEFAULT_05", "pool:basic", Set.of("voice-agent-3"));
                    basicCarries(2);
                }),
                test("6 a released gold pod goes back to gold", () -> {
                    releases("CA_TEST_DEFAULT_01", "pool:gold");
                    assertThat(town.keys().smembers("voice:pool:gold:available"))
                            .containsExactly(podOf("CA_TEST_DEFAULT_01"));
                }),
                test(
                        "7 and serves the next default call",
                        () -> takes("CA_TEST_DEFAULT_06", "pool:gold", Set.of(podOf("CA_TEST_DEFAULT_01")))),
                test("8 9shines gets a pod of its own", () -> {
                    takes("CA_TEST_9SHINES_01", "9shines", "merchant:9shines", NINE_SHINES);
                    theKeysShow("CA_TEST_9SHINES_01", "9shines");
                }),
                test("9 and then its other one", () -> {
                    takes("CA_TEST_9SHINES_02", "9shines", "merchant:9shines", NINE_SHINES);
                    assertThat(podOf("CA_TEST_9SHINES_02")).isNotEqualTo(podOf("CA_TEST_9SHINES_01"));
                    assertThat(town.keys().scard("voice:merchant:9shines:pods")).isZero();
                }),
                test("10 then what its fallback has left: the third place of the shared pod", () -> {
                    takes("CA_TEST_9SHINES_03", "9shines", "pool:basic", Set.of("voice-agent-3"));
                    basicCarries(3);
                }),
                test(
                        "11 acme gets its own pod",
                        () -> takes("CA_TEST_ACME_01", "acme", "merchant:acme", Set.of("voice-agent-6"))),
                test("12 then finds all places of its chain taken, until standard has room", () -> {
                    caller.allocate("CA_TEST_ACME_02", "acme")
                            .findsNoPodIn("merchant:acme", "pool:standard", "pool:basic");
                    releases("CA_TEST_DEFAULT_03", "pool:standard");
                    takes("CA_TEST_ACME_02", "acme", "pool:standard", Set.of("voice-agent-2"));
                }),
                test("13 a Twilio webhook hears an apology, until gold has room", () -> {
                    twilio("CA_TEST_TWILIO_9S").apologises();
                    releases("CA_TEST_DEFAULT_02", "pool:gold");
                    var pod = podOf("CA_TEST_DEFAULT_02");
                    twilio("CA_TEST_TWILIO_9S").streamsTwilioTo(Town.AGENTS + "/ws/pod/" + pod + "/CA_TEST_TWILIO_9S");
                    assertThat(town.keys().hgetAll("voice:call:CA_TEST_TWILIO_9S"))
                            .containsEntry("source_pool", "pool:gold")
                            .containsEntry("merchant_id", "9shines")
                            .containsEntry("pod_name", pod);
                }),
                test(
                        "14 a call that asks again keeps its pod",
                        () -> caller.allocate("CA_TEST_9SHINES_01", "9shines")
                                .replays(answers.get("CA_TEST_9SHINES_01"))),
                test("15 all calls are released", () -> {
                    releases("CA_TEST_DEFAULT_04", "pool:basic");
                    basicCarries(2);
                    releases("CA_TEST_DEFAULT_05", "pool:basic");
                    releases("CA_TEST_DEFAULT_06", "pool:gold");
                    releases("CA_TEST_9SHINES_01", "merchant:9shines");
                    releases("CA_TEST_9SHINES_02", "merchant:9shines");
                    releases("CA_TEST_9SHINES_03", "pool:basic");
                    releases("CA_TEST_ACME_01", "merchant:acme");
                    releases("CA_TEST_ACME_02", "pool:standard");
                    releases("CA_TEST_TWILIO_9S", "pool:gold");
                    for (var gone : List.of("CA_TEST_DEFAULT_02", "CA_TEST_DEFAULT_03"))
                        assertThat(caller.release(gone).is(404).text("error")).isEqualTo("call not found");
                }),
                test("16 and every pool has all its pods", this::thePoolsAreWhole),
                test("17 a drained pod is skipped", () -> {
                    var drained = caller.drain("voice-agent-0").is(200);
                    assertThat(drained.pod()).isEqualTo("voice-agent-0");
                    assertThat(drained.json().path("has_active_call").asBoolean())
                            .isFalse();
                    assertThat(town.keys().ttl("voice:pod:draining:voice-agent-0"))
                            .isBetween(350L, 360L);
                    takes("CA_TEST_DRAIN_01", "pool:gold", Set.of("voice-agent-1"));
                    takes("CA_TEST_DRAIN_02", "pool:standard", Set.of("voice-agent-2"));
                    releases("CA_TEST_DRAIN_01", "pool:gold");
                    releases("CA_TEST_DRAIN_02", "pool:standard");
                    caller.undrain("voice-agent-0").is(200);
                    thePoolsAreWhole();
                }),
                test("18 a shared pod carries three calls and no fourth", () -> {
                    takes("CA_TEST_FILL_01", "pool:gold", GOLD);
                    takes("CA_TEST_FILL_02", "pool:gold", GOLD);
                    takes("CA_TEST_FILL_03", "pool:standard", Set.of("voice-agent-2"));
                    for (int call = 1; call <= 3; call++) {
                        takes("CA_TEST_SHARED_0" + call, "pool:basic", Set.of("voice-agent-3"));
                        basicCarries(call);
                    }
                    caller.allocate("CA_TEST_SHARED_04").findsNoPodIn("pool:gold", "pool:standard", "pool:basic");
                    for (int call = 1; call <= 3; call++) {
                        caller.release("CA_TEST_FILL_0" + call).is(200);
                        releases("CA_TEST_SHARED_0" + call, "pool:basic");
                    }
                    assertThat(caller.release("CA_TEST_SHARED_04").is(404).text("error"))
                            .isEqualTo("call not found");
                    thePoolsAreWhole();
                }));
    }

    private static DynamicTest test(String name, Executable test) {
        return dynamicTest(name, test);
    }

    private void takes(String call, String pool, Set<String> pods) {
        remember(call, caller.allocate(call).took(pool), pods);
    }

    private void takes(String call, String merchant, String pool, Set<String> pods) {
        remember(call, caller.allocate(call, merchant).took(pool), pods);
    }

    private void remember(String call, Answer answer, Set<String> pods) {
        assertThat(pods).contains(answer.pod());
        assertThat(answer.wsUrl()).isEqualTo(Town.AGENTS + "/ws/pod/" + answer.pod() + "/" + call);
        answers.put(call, answer);
    }

    private String podOf(String call) {
        return answers.get(call).pod();
    }

    private void releases(String call, String pool) {
        var answer = caller.release(call).is(200);
        assertThat(answer.json().path("success").asBoolean()).isTrue();
        assertThat(answer.text("released_to_pool")).isEqualTo(pool);
        assertThat(answer.json().path("was_draining").asBoolean()).isFalse();
        if (answers.containsKey(call)) assertThat(answer.pod()).isEqualTo(podOf(call));
    }

    private static Answer twilio(String call) {
        return caller.form("/api/v1/twilio/allocate?merchant_id=9shines", "CallSid=" + call);
    }

    private static void basicCarries(int calls) {
        assertThat(town.keys().zrangeWithScores(BASIC, 0, -1))
                .containsExactly(new Tuple("voice-agent-3", (double) calls));
    }

    /** The keys of a live call, as the document's Redis commands read them. */
    private void theKeysShow(String call, String merchant) {
        var pod = podOf(call);
        assertThat(town.keys().hgetAll("voice:call:" + call))
                .containsEntry("pod_name", pod)
                .containsEntry("source_pool", answers.get(call).pool())
                .containsEntry("merchant_id", merchant)
                .containsKey("allocated_at")
                .doesNotContainKey("_lock");
        assertThat(town.keys().ttl("voice:call:" + call)).isBetween(86_000L, 86_400L);
        assertThat(town.keys().get("voice:lease:" + pod)).isEqualTo(call);
        assertThat(town.keys().hgetAll("voice:pod:" + pod))
                .containsEntry("status", "allocated")
                .containsEntry("allocated_call_sid", call)
                .containsEntry("source_pool", answers.get(call).pool());
    }

    /** Test 16, and the document's step 6: what each key must hold when nobody calls. */
    private void thePoolsAreWhole() {
        var status = caller.status().json();
        assertThat(status.path("status").asText()).isEqualTo("up");
        assertThat(status.path("active_calls").asInt()).isZero();
        Map.of("gold", 2, "standard", 1, "basic", 1, "9shines", 2, "acme", 1).forEach((tier, pods) -> {
            var pool = status.path("pools").path(tier);
            assertThat(pool.path("assigned").asInt())
                    .as("assigned to %s in %s", tier, status)
                    .isEqualTo(pods);
            assertThat(pool.path("available").asInt())
                    .as("available in %s in %s", tier, status)
                    .isEqualTo(pods);
            assertThat(pool.path("type").asText()).isEqualTo(tier.equals("basic") ? "shared" : "exclusive");
        });
        var keys = town.keys();
        assertThat(keys.smembers("voice:merchant:9shines:pods")).isEqualTo(NINE_SHINES);
        assertThat(keys.smembers("voice:merchant:9shines:assigned")).isEqualTo(NINE_SHINES);
        assertThat(keys.smembers("voice:merchant:acme:pods")).containsExactly("voice-agent-6");
        assertThat(keys.smembers("voice:merchant:acme:assigned")).containsExactly("voice-agent-6");
        assertThat(keys.smembers("voice:pool:gold:available")).isEqualTo(GOLD);
        assertThat(keys.smembers("voice:pool:gold:assigned")).isEqualTo(GOLD);
        assertThat(keys.smembers("voice:pool:standard:available")).containsExactly("voice-agent-2");
        assertThat(keys.smembers("voice:pool:standard:assigned")).containsExactly("voice-agent-2");
        assertThat(keys.smembers("voice:pool:basic:assigned")).containsExactly("voice-agent-3");
        basicCarries(0);
        assertThat(keys.get("voice:pod:tier:voice-agent-0")).isEqualTo("gold");
        assertThat(keys.get("voice:pod:tier:voice-agent-2")).isEqualTo("standard");
        assertThat(keys.get("voice:pod:tier:voice-agent-3")).isEqualTo("basic");
        assertThat(keys.get("voice:pod:tier:voice-agent-4")).isEqualTo("merchant:9shines");
        assertThat(keys.get("voice:pod:tier:voice-agent-6")).isEqualTo("merchant:acme");
        assertThat(keys.hget("voice:pod:metadata", "voice-agent-4")).startsWith("{");
        assertThat(keys.hget("voice:pod:voice-agent-4", "status")).isEqualTo("available");
        town.assertWhole();
    }
}
