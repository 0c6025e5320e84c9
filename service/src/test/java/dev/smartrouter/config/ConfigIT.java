package dev.smartrouter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartrouter.MerchantId;
import dev.smartrouter.app.RouterProcess;
import dev.smartrouter.pool.RedisConfig;
import dev.smartrouter.pool.RedisConfig.Outcome;
import dev.smartrouter.pool.RedisProcess;
import dev.smartrouter.pool.RedisStore;
import dev.smartrouter.pool.RedisUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Operators change the configuration over HTTP, by two routers on a real Redis. */
class ConfigIT {
    private static final String TIERS = "/api/v1/config/tiers";
    private static final String MERCHANTS = "/api/v1/config/merchants";
    private static final String GOLD_AND_SILVER = "{\"gold\":1,\"silver\":1}";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static RedisProcess redis;
    private static Jedis keys;
    private static RouterProcess[] routers;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        keys = redis.connect();
        keys.set("voice:tier:config", GOLD_AND_SILVER);
        for (int i = 0; i < 130; i++) {
            keys.sadd("voice:pool:" + (i < 120 ? "gold" : "silver") + ":assigned", "agent-" + i);
            keys.sadd("voice:pool:" + (i < 120 ? "gold" : "silver") + ":available", "agent-" + i);
        }
        routers = new RouterProcess[] {RouterProcess.start(environment()), RouterProcess.start(environment())};
        for (int i = 0; i < 2; i++) {
            var router = i;
            await("ready")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> get(router, "/ready").statusCode() == 200);
        }
    }

    private static Map<String, String> environment() {
        return Map.of(
                "HTTP_PORT", "0",
                "METRICS_PORT", "0",
                "REDIS_URL", redis.url(),
                "VOICE_AGENT_BASE_URL", "wss://agents.example",
                "KUBERNETES_ENABLED", "false",
                "AUDIT_INTERVAL", "200ms",
                "RECONCILE_INTERVAL", "1s",
                "REDIS_TIMEOUT", "800ms");
    }

    @AfterAll
    static void stop() {
        for (var router : routers) router.close();
        keys.close();
        redis.close();
    }

    @BeforeEach
    void asAtTheStart() {
        keys.set("voice:tier:config", GOLD_AND_SILVER);
        keys.del("voice:merchant:config");
    }

    @Test
    void whatIsStoredIsShownByteForByteWithATag() {
        var odd = "{ \"gold\" : 1,\n\"silver\":1 }";
        keys.set("voice:tier:config", odd);
        var shown = get(0, TIERS);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo(odd);
        assertThat(get(1, TIERS).headers().firstValue("ETag"))
                .isEqualTo(shown.headers().firstValue("ETag"));
        assertThat(get(0, TIERS, "If-None-Match", etag(shown)).statusCode()).isEqualTo(304);
        keys.del("voice:tier:config");
        assertThat(get(0, MERCHANTS + "/acme")).matches(is(404, "merchant has no config"));
        assertThat(get(0, MERCHANTS + "/a%20b")).matches(is(404, "merchant has no config"));
    }

    @Test
    void whoHasSeenWhatIsThereReplacesItAndOthersDoNot() {
        var seen = etag(get(0, TIERS));
        assertThat(put(0, TIERS, "{\"gold\":2,\"silver\":1}")).matches(is(428, "there is one already: read it"));
        assertThat(put(0, TIERS, "{\"gold\":2,\"silver\":1}", "If-Match", "\"0\""))
                .matches(is(412, "somebody has changed it since"));
        assertThat(put(0, TIERS, "{\"gold\":2,\"silver\":1}", "If-None-Match", "*"))
                .matches(is(412, "there is one already"));
        assertThat(keys.get("voice:tier:config")).isEqualTo(GOLD_AND_SILVER);

        var written = put(0, TIERS, "{\"gold\":2,\"silver\":1}", "If-Match", seen);
        assertThat(written.statusCode()).isEqualTo(200);
        assertThat(etag(written)).isEqualTo(etag(get(1, TIERS)));
        assertThat("\"" + json(written).path("etag").asText() + "\"").isEqualTo(etag(written));
        assertThat(put(1, TIERS, "{\"gold\":3,\"silver\":1}", "If-Match", seen).statusCode())
                .isEqualTo(412);
        keys.set("voice:tier:config", "{\"gold\":9,\"silver\":1}"); // a hand on the key is a change as any other
        assertThat(put(1, TIERS, "{\"gold\":3,\"silver\":1}", "If-Match", etag(written))
                        .statusCode())
                .isEqualTo(412);
        assertThat(put(1, TIERS, "{\"gold\":3,\"silver\":1}", "If-Match", "*").statusCode())
                .isEqualTo(200);
        await("followed")
                .atMost(Duration.ofSeconds(20))
                .until(() -> keys.get("voice:tier:config").contains("3"));
    }

    @Test
    void aMerchantIsWrittenFollowedAndDeleted() {
        assertThat(put(0, MERCHANTS + "/acme", "{\"tier\":\"silver\"}", "If-Match", "\"0\""))
                .matches(is(412, "there is none"));
        var created = put(0, MERCHANTS + "/acme", "{\"tier\":\"silver\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        var sid = "CA" + System.nanoTime();
        var call = post(1, "/api/v1/allocate", "{\"call_sid\":\"" + sid + "\",\"merchant_id\":\"acme\"}");
        assertThat(json(call).path("source_pool").asText()).isEqualTo("pool:silver");
        post(1, "/api/v1/release", "{\"call_sid\":\"" + sid + "\"}");

        assertThat(send(1, "DELETE", MERCHANTS + "/acme", "")).matches(is(428, "there is one already"));
        assertThat(send(1, "DELETE", MERCHANTS + "/acme", "", "If-Match", etag(created))
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(1, "DELETE", MERCHANTS + "/acme", "")).matches(is(404, "merchant has no config"));
        assertThat(send(1, "DELETE", MERCHANTS + "/acme", "", "If-Match", etag(created))
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void whatOthersNameIsNotDropped() {
        put(0, MERCHANTS + "/acme", "{\"tier\":\"silver\"}");
        assertThat(put(0, TIERS, "{\"gold\":1}", "If-Match", "*"))
                .matches(is(409, "merchants still name what would be gone: acme (tier 'silver')"));
        put(0, MERCHANTS + "/acme", "{\"pool\":\"acme\"}", "If-Match", "*");
        put(0, MERCHANTS + "/acme-2", "{\"pool\":\"acme\"}");
        assertThat(send(0, "DELETE", MERCHANTS + "/acme", "", "If-Match", "*"))
                .matches(is(409, "other merchants still name 'acme': acme-2 (pool)"));
        assertThat(put(0, TIERS, "{\"gold\":1}", "If-Match", "*").statusCode()).isEqualTo(200);
        assertThat(send(0, "DELETE", MERCHANTS + "/acme-2", "", "If-Match", "*").statusCode())
                .isEqualTo(204);
        assertThat(send(0, "DELETE", MERCHANTS + "/acme", "", "If-Match", "*").statusCode())
                .isEqualTo(204);
    }

    @Test
    void whatIsWrongIsRefusedWithTheReasonAndChangesNothing() {
        put(0, MERCHANTS + "/acme", "{\"tier\":\"silver\"}");
        var before = everything();
        for (var wrong : List.of(
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"gold\":-1}",
                "{\"gold\":1}{}",
                "{\"gold\":{\"type\":\"shared\",\"target\":1}}",
                "{\"tiers\":{\"gold\":{\"target\":1}},\"default_chain\":[\"glod\"]}",
                "{\"a b\":1}")) {
            for (var dry : List.of("", "?dry_run=true")) {
                var answer = put(0, TIERS + dry, wrong, "If-Match", "*");
                assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
                assertThat(json(answer).path("error").asText()).as(wrong).isNotEmpty();
            }
        }
        for (var wrong : List.of(
                "", "[]", "{\"tier\":7}", "{\"fallback\":\"gold\"}", "{\"tier\":\"glod\"}", "{\"pool\":\"a b\"}")) {
            assertThat(put(0, MERCHANTS + "/acme", wrong, "If-Match", "*").statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(put(0, MERCHANTS + "/acme", "{\"fallback\":[\"glod\"]}", "If-Match", "*"))
                .matches(is(
                        400, "merchant config names what there is not: fallback 'glod'; the tiers are [gold, silver"));
        assertThat(put(0, MERCHANTS + "/a%20b", "{}")).matches(is(400, "merchant_id must be "));
        assertThat(put(0, TIERS + "?dry_run=perhaps", GOLD_AND_SILVER))
                .matches(is(400, "dry_run must be true or false"));
        assertThat(put(0, TIERS, "\"" + "x".repeat(1 << 20) + "\"").statusCode())
                .isEqualTo(413);
        assertThat(put(0, MERCHANTS + "/acme", " ".repeat(17_000) + "{}").statusCode())
                .isEqualTo(413);
        assertThat(put(0, TIERS, GOLD_AND_SILVER, "If-Match", "\"").statusCode())
                .isBetween(400, 499);
        for (var path : List.of(MERCHANTS, "/api/v1/pods", "/api/v1/calls")) {
            assertThat(get(0, path + "?cursor=x")).matches(is(400, "cursor must be the next of a page before"));
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aDryRunChangesNothingAndNeedsNoTag() {
        put(0, MERCHANTS + "/acme", "{\"tier\":\"silver\"}");
        var before = everything();
        var tiers = put(0, TIERS + "?dry_run=true", "{\"gold\":5,\"silver\":1}");
        assertThat(tiers.body()).isEqualTo("{\"dry_run\":true,\"follows_cluster\":false,\"moves\":[]}");
        assertThat(put(0, TIERS + "?dry_run=true", "{\"gold\":1}").statusCode()).isEqualTo(409);
        assertThat(put(0, TIERS + "?dry_run=true", GOLD_AND_SILVER, "If-Match", "\"0\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(put(0, MERCHANTS + "/acme?dry_run=true", "{\"pool\":\"acme\",\"fallback\":[\"gold\"]}")
                        .body())
                .isEqualTo("{\"dry_run\":true,\"chain\":[\"merchant:acme\",\"pool:gold\"]}");
        assertThat(send(0, "DELETE", MERCHANTS + "/acme?dry_run=true", "").statusCode())
                .isEqualTo(200);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void ofManyWhoCountUpAtOnceNoneIsLost() throws Exception {
        var writers = 8;
        var times = 5;
        var lost = new AtomicInteger();
        together(writers, writer -> {
            for (int done = 0; done < times; ) {
                var seen = get(writer % 2, TIERS);
                var next = json(seen).path("gold").asInt() + 1;
                var text = "{\"gold\":" + next + ",\"silver\":1}"; // the very text that others write, too
                switch (put(writer % 2, TIERS, text, "If-Match", etag(seen)).statusCode()) {
                    case 200 -> done++;
                    case 412, 409 -> lost.incrementAndGet();
                    default -> throw new AssertionError("neither written nor refused");
                }
            }
        });
        assertThat(json(get(0, TIERS)).path("gold").asInt()).isEqualTo(1 + writers * times);
        assertThat(lost).hasPositiveValue();
    }

    @Test
    void aTierIsNeverDroppedWhileAMerchantComesToNameIt() throws Exception {
        for (int round = 0; round < 10; round++) {
            asAtTheStart();
            together(2, writer -> {
                if (writer == 0) put(0, TIERS, "{\"gold\":1}", "If-Match", "*");
                else put(1, MERCHANTS + "/acme", "{\"tier\":\"silver\"}");
            });
            assertThat(keys.get("voice:tier:config").contains("silver")
                            || !keys.hexists("voice:merchant:config", "acme"))
                    .isTrue();
        }
    }

    @Test
    void aWriteWhoseAnswerWasLostIsKnownWhenItIsSentAgain() {
        try (var store = new RedisStore(
                RedisUrl.parse(redis.url()), "voice:", Duration.ofMillis(800), Duration.ofHours(1), System::nanoTime)) {
            var acme = new MerchantId("acme");
            var config = new RedisConfig(store, () -> "token-of-a-repeat");
            var known = config.merchant(acme);
            assertThat(config.writeMerchant(acme, known, "{}")).isEqualTo(Outcome.WRITTEN);
            assertThat(config.writeMerchant(acme, known, "{}")).isEqualTo(Outcome.WRITTEN);
            assertThat(config.merchant(acme).writes()).isEqualTo(known.writes() + 1);
            var another = new RedisConfig(store, () -> "another-token");
            assertThat(another.writeMerchant(acme, known, "{}")).isEqualTo(Outcome.CHANGED);
        }
    }

    @Test
    void whatWasCheckedAgainstSomethingElseThanWhatIsThereIsNotWritten() {
        try (var store = new RedisStore(
                RedisUrl.parse(redis.url()), "voice:", Duration.ofMillis(800), Duration.ofHours(1), System::nanoTime)) {
            var acme = new MerchantId("acme");
            var config = new RedisConfig(store, () -> "token-" + System.nanoTime());
            var tiers = config.tiers();
            var merchant = config.merchant(acme);
            assertThat(config.writeMerchant(acme, merchant, "{\"tier\":\"silver\"}"))
                    .isEqualTo(Outcome.WRITTEN);
            assertThat(config.writeTiers(tiers, "{\"gold\":1}")).isEqualTo(Outcome.CHANGED);

            var bluebird = new MerchantId("bluebird");
            var checked = config.merchant(bluebird);
            assertThat(config.writeTiers(config.tiers(), "{\"gold\":1}")).isEqualTo(Outcome.WRITTEN);
            assertThat(config.writeMerchant(bluebird, checked, "{\"tier\":\"silver\"}"))
                    .isEqualTo(Outcome.CHANGED);
            assertThat(config.deleteMerchant(acme, merchant)).isEqualTo(Outcome.CHANGED);
            assertThat(config.writeMerchant(bluebird, config.merchant(bluebird), "{\"tier\":\"gold\"}"))
                    .isEqualTo(Outcome.WRITTEN);
        }
    }

    @Test
    void whileTheStoreMayHaveLostItNothingIsWritten() {
        try (var store = new RedisStore(
                RedisUrl.parse("redis://127.0.0.1:" + redis.port()),
                "lost:",
                Duration.ofMillis(800),
                Duration.ofHours(1),
                System::nanoTime)) {
            var acme = new MerchantId("acme"); // a prefix that no router opens
            var config = new RedisConfig(store, () -> "token");
            assertThat(config.merchant(acme).open()).isFalse();
            assertThat(config.writeMerchant(acme, config.merchant(acme), "{}")).isEqualTo(Outcome.RECOVERING);
            assertThat(keys.exists("lost:merchant:config", "lost:config:writes"))
                    .isZero();
        }
        await("told so").atMost(Duration.ofSeconds(30)).until(() -> {
            keys.del("voice:state:gen"); // routers open it again soon, perhaps before they are asked
            return is(503, "recovering").test(put(0, MERCHANTS + "/acme?dry_run=true", "{}"));
        });
        await("open again").atMost(Duration.ofSeconds(30)).until(() -> keys.exists("voice:state:gen"));
    }

    @Test
    void merchantsPodsAndCallsAreListedPageByPage() {
        for (int i = 0; i < 300; i++)
            keys.hset("voice:merchant:config", "m" + i, "{\"tier\":\"gold\",\"note\":\"" + "x".repeat(80) + "\"}");
        keys.hset("voice:merchant:config", "broken", "{\"tier\":");
        var merchants = all(MERCHANTS, "merchants");
        assertThat(ids(merchants, "merchant_id")).hasSize(301).contains("m0", "m299");
        assertThat(merchants)
                .filteredOn(merchant -> merchant.path("config").isNull())
                .singleElement()
                .satisfies(broken ->
                        assertThat(broken.path("refused").asText()).startsWith("merchant config must be one JSON"));

        await("adopted")
                .untilAsserted(() ->
                        assertThat(ids(all("/api/v1/pods", "pods"), "pod_name")).hasSize(130));
        var sids = new ArrayList<String>();
        for (int i = 0; i < 129; i++) {
            var sid = "CA-page-" + i;
            assertThat(post(0, "/api/v1/allocate", "{\"call_sid\":\"" + sid + "\"}")
                            .statusCode())
                    .isEqualTo(200);
            sids.add(sid);
        }
        assertThat(ids(all("/api/v1/calls", "calls"), "call_sid")).containsExactlyInAnyOrderElementsOf(sids);
        sids.forEach(sid -> post(0, "/api/v1/release", "{\"call_sid\":\"" + sid + "\"}"));
        assertThat(all("/api/v1/calls", "calls")).isEmpty();
    }

    private static List<JsonNode> all(String path, String list) {
        var things = new ArrayList<JsonNode>();
        var query = "";
        while (true) {
            var page = get(0, path + query);
            assertThat(page.statusCode()).isEqualTo(200);
            json(page).path(list).forEach(things::add);
            if (json(page).path("next").isNull()) return things;
            query = "?cursor=" + json(page).path("next").asText();
        }
    }

    private static HashSet<String> ids(List<JsonNode> things, String field) {
        var ids = new HashSet<String>();
        things.forEach(thing -> ids.add(thing.path(field).asText()));
        return ids;
    }

    private static List<Object> everything() {
        return List.of(
                String.valueOf(keys.get("voice:tier:config")),
                keys.hgetAll("voice:merchant:config"),
                keys.zrange("voice:config:writes", 0, -1));
    }

    private interface Work {
        void by(int worker);
    }

    private static void together(int workers, Work work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(workers)) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < workers; i++) {
                var worker = i;
                all.add(threads.submit(() -> work.by(worker)));
            }
            for (var each : all) each.get(60, TimeUnit.SECONDS);
        }
    }

    private static Predicate<HttpResponse<String>> is(int status, String words) {
        return answer -> answer.statusCode() == status
                && json(answer).path("error").asText().startsWith(words);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JsonMapper.builder().build().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static HttpResponse<String> get(int router, String path, String... headers) {
        return send(router, "GET", path, "", headers);
    }

    private static HttpResponse<String> put(int router, String path, String body, String... headers) {
        return send(router, "PUT", path, body, headers);
    }

    private static HttpResponse<String> post(int router, String path, String body) {
        return send(router, "POST", path, body);
    }

    private static HttpResponse<String> send(int router, String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(routers[router].api() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
