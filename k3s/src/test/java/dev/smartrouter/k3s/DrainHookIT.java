package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.app.RouterProcess;
import dev.smartrouter.pool.RedisProcess;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a voice agent does before it is told to stop: the hook that ships, and a router. */
class DrainHookIT {
    private RedisProcess redis;
    private RouterProcess router;
    private Wire wire;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        try (var keys = redis.connect()) {
            keys.sadd("voice:pool:gold:available", "voice-agent-0");
        }
        router = RouterProcess.start(Map.of(
                "HTTP_PORT", "0",
                "METRICS_PORT", "0",
                "KUBERNETES_ENABLED", "false",
                "REDIS_URL", redis.url(),
                "VOICE_AGENT_BASE_URL", "wss://agents.example",
                "TIER_CONFIG", "{\"gold\":{\"type\":\"exclusive\",\"target\":1}}"));
        wire = new Wire(router.httpPort());
        await("a router that serves calls").until(() -> wire.get("/ready").status() == 200);
    }

    @AfterEach
    void stop() {
        router.close();
        redis.close();
    }

    @Test
    void aPodWaitsForItsCallAndTakesNoOther() throws Exception {
        assertThat(api("allocate", "{\"call_sid\":\"CA1\"}").status()).isEqualTo(200);
        var hook = hook("voice-agent-0");
        await("the drain")
                .until(() -> wire.get("/api/v1/pod/voice-agent-0").body().contains("\"draining\":true"));
        assertThat(hook.waitFor(2, TimeUnit.SECONDS))
                .as("it went with a live call")
                .isFalse();
        assertThat(api("allocate", "{\"call_sid\":\"CA2\"}").status()).isEqualTo(503);

        api("release", "{\"call_sid\":\"CA1\"}");
        assertThat(hook.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(hook.exitValue()).isZero();
        assertThat(api("allocate", "{\"call_sid\":\"CA3\"}").status()).isEqualTo(503);
    }

    /** A drain goes by the name, which may be a successor's by the time it comes. */
    @Test
    void aPodThatTheRoutersSeeGoIsNotDrainedByItsName() throws Exception {
        api("allocate", "{\"call_sid\":\"CA1\"}");
        api("release", "{\"call_sid\":\"CA1\"}");
        try (var keys = redis.connect()) {
            keys.hset("voice:pod:voice-agent-0", Map.of("term", "1", "status", "draining"));
        }
        var hook = hook("voice-agent-0");
        assertThat(hook.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(hook.exitValue()).isZero();
        assertThat(wire.get("/api/v1/pod/voice-agent-0").body())
                .contains("\"status\":\"draining\"")
                .contains("\"draining_seconds_left\":null");
    }

    @Test
    void aPodWithoutCallsGoesAtOnce() throws Exception {
        var hook = hook("voice-agent-0");
        assertThat(hook.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(hook.exitValue()).isZero();
    }

    @Test
    void aPodThatNobodyKnowsGoesAtOnce() throws Exception {
        assertThat(hook("voice-agent-7").waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Its node was slow to hear that it is gone, and another pod has its name. */
    @Test
    void aPodThatHasASuccessorLeavesItAlone() throws Exception {
        assertThat(api("allocate", "{\"call_sid\":\"CA1\"}").status()).isEqualTo(200);
        try (var keys = redis.connect()) {
            keys.hset("voice:pod:voice-agent-0", "inc", "new/0");
        }
        assertThat(hook("voice-agent-0", "old").waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(wire.get("/api/v1/pod/voice-agent-0").body()).contains("\"draining_seconds_left\":null");

        var hook = hook("voice-agent-0", "new");
        await("the drain")
                .until(() -> wire.get("/api/v1/pod/voice-agent-0").body().contains("\"draining\":true"));
        hook.destroy();
    }

    private Wire.Reply api(String what, String json) {
        return wire.ask("POST", "/api/v1/" + what, json);
    }

    private Process hook(String pod) throws IOException {
        return hook(pod, "");
    }

    private Process hook(String pod, String uid) throws IOException {
        var hook = new ProcessBuilder(
                "sh", Manifests.FOLDER.resolve("base/voice-agent/drain.sh").toString());
        hook.environment()
                .putAll(Map.of(
                        "POD_NAME",
                        pod,
                        "POD_UID",
                        uid,
                        "SMART_ROUTER_BASE_URL",
                        router.api().toString()));
        return hook.inheritIO().start();
    }
}
