package dev.smartrouter.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartrouter.app.RouterProcess;
import dev.smartrouter.pool.RedisProcess;
import dev.smartrouter.pool.StoreLaws;
import dev.smartrouter.simulator.fault.CrashPoint;
import dev.smartrouter.simulator.fault.FaultProxy;
import dev.smartrouter.simulator.fault.Framing;
import dev.smartrouter.simulator.fault.Upstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * The life of a call over HTTP, at a whole router whose connection with Redis breaks at each exchange of that life. The
 * router's loops talk to Redis meanwhile, so now and then an exchange is theirs.
 */
class CrashedRequestIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POD = "voice-agent-0";
    /** Those of two lives: two claims, a drain and its end, a release. */
    private static final int EXCHANGES = 10;

    private static final List<LongFunction<CrashPoint>> KINDS = List.of(
            CrashPoint::before,
            CrashPoint::after,
            n -> CrashPoint.inReply(n, 1),
            n -> CrashPoint.inReply(n, 20),
            CrashPoint::replyLost);

    private static final HttpClient http = HttpClient.newHttpClient();
    private static RedisProcess redis;
    private static Jedis keys;
    private static FaultProxy proxy;
    private static RouterProcess router;
    private static RouterProcess bystander;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        keys = redis.connect();
        keys.set("voice:tier:config", """
                {"tiers":{"gold":{"type":"exclusive","target":1},"acme":{"type":"exclusive","target":1}},\
                "default_chain":["gold"]}""");
        keys.hset("voice:merchant:config", "shop", "{\"pool\":\"acme\"}");
        keys.sadd("voice:pool:gold:available", POD);
        keys.sadd("voice:merchant:acme:pods", "voice-agent-1");
        proxy = FaultProxy.before(Upstream.at("127.0.0.1", redis.port()), Framing.redis());
        router = router("redis://127.0.0.1:" + proxy.port());
        bystander = router(redis.url());
    }

    private static RouterProcess router(String redisUrl) {
        var started = RouterProcess.start(Map.of(
                "REDIS_URL", redisUrl,
                "HTTP_PORT", "0",
                "METRICS_PORT", "0",
                "VOICE_AGENT_BASE_URL", "wss://voice.example.com",
                "KUBERNETES_ENABLED", "false",
                "AUDIT_INTERVAL", "1s",
                "LOG_LEVEL", "error",
                "LOG_FORMAT", "text"));
        Awaitility.await("ready").atMost(Duration.ofSeconds(30)).until(() -> isReady(started));
        return started;
    }

    private static boolean isReady(RouterProcess router) throws Exception {
        var asked = HttpRequest.newBuilder(URI.create(router.api() + "/ready")).build();
        return http.send(asked, BodyHandlers.discarding()).statusCode() == 200;
    }

    @AfterAll
    static void stop() {
        router.close();
        bystander.close();
        proxy.close();
        keys.close();
        redis.close();
    }

    @Test
    void aCallHasOnePodFromItsBeginningToItsEndWhereverTheConnectionBreaks() throws Exception {
        for (var n = 1L; n <= EXCHANGES; n++) {
            for (var kind : KINDS) {
                var point = kind.apply(n);
                proxy.crashAt(point);
                live("CA-" + n + "-" + point.where() + "-" + point.bytes(), "", POD);
                live("CA-shop-" + n + "-" + point.where() + "-" + point.bytes(), "shop", "voice-agent-1");
                assertThat(proxy.isCrashDue()).as("%s still to come", point).isFalse();
                assertThat(StoreLaws.broken(keys)).as("%s", point).isEmpty();
                assertThat(keys.zcard("voice:calls:by_expiry"))
                        .as("live calls after %s", point)
                        .isZero();
                assertThat(keys.smembers("voice:pool:gold:available")).containsExactly(POD);
                assertThat(keys.smembers("voice:merchant:acme:pods")).containsExactly("voice-agent-1");
            }
        }
    }

    /** All that can happen to a call and its pod; there is one pod for it, and it is free again in the end. */
    private static void live(String call, String merchant, String pod) throws Exception {
        var sid = "{\"call_sid\":\"" + call + "\"";
        var asked = sid + (merchant.isEmpty() ? "}" : ",\"merchant_id\":\"" + merchant + "\"}");
        var first = post(router, "/api/v1/allocate", asked, 200);
        assertThat(first.path("pod_name").asText()).isEqualTo(pod);
        var again = post(bystander, "/api/v1/allocate", asked, 200);
        assertThat(again.path("ws_url")).isEqualTo(first.path("ws_url"));
        assertThat(again.path("was_existing").asBoolean()).isTrue();
        assertThat(post(router, "/api/v1/allocate", asked, 200).path("ws_url")).isEqualTo(first.path("ws_url"));
        var itsPod = "{\"pod_name\":\"" + pod + "\"}";
        assertThat(post(router, "/api/v1/drain", itsPod, 200)
                        .path("active_calls")
                        .asInt())
                .isEqualTo(1);
        assertThat(post(router, "/api/v1/undrain", itsPod, 200)
                        .path("active_calls")
                        .asInt())
                .isEqualTo(1);
        post(router, "/api/v1/release", sid + "}", 200, 404); // 404: it was done, and its first reply was lost
        post(bystander, "/api/v1/release", sid + "}", 404);
    }

    private static JsonNode post(RouterProcess router, String path, String body, Integer... expected)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(router.api() + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as("%s %s: %s", path, body, answer.body())
                .isIn((Object[]) expected);
        return JSON.readTree(answer.body());
    }
}
