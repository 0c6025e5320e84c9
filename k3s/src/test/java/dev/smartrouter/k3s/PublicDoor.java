package dev.smartrouter.k3s;

import dev.smartrouter.app.RouterProcess;
import dev.smartrouter.pool.RedisProcess;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** nginx as it ships before a router, its Redis, and voice agents that really answer; all of it on this machine. */
final class PublicDoor implements AutoCloseable {
    /** Each carries one call; an address of the loopback network of its own, one port for all. */
    static final List<String> PODS = List.of("voice-agent-1", "voice-agent-2", "voice-agent-30");

    private final RedisProcess redis = RedisProcess.start();
    private final AgentNames names = new AgentNames();
    private final Map<String, TalkingPod> pods = new HashMap<>();
    private final int routerPort = Nginx.freePort();
    private final int podPort = Nginx.freePort();
    private final Nginx nginx;
    private RouterProcess router;

    private final Map<String, String> settings = new HashMap<>();

    PublicDoor() {
        this("optional", Map.of());
    }

    /**
     * @param passes whether a call's audio needs one: {@code required} or {@code optional}
     * @param more settings of the router; {@code PORT} in one stands for the port of the door
     */
    PublicDoor(String passes, Map<String, String> more) {
        try (var keys = redis.connect()) {
            keys.sadd("voice:pool:gold:available", PODS.toArray(String[]::new));
        }
        for (var pod : PODS) start(pod);
        nginx = Nginx.start("127.0.0.1:" + routerPort, AgentNames.DOMAIN + ":" + podPort, names.address(), "", passes);
        settings.putAll(Map.of(
                "HTTP_PORT",
                Integer.toString(routerPort),
                "METRICS_PORT",
                "0",
                "REDIS_URL",
                redis.url(),
                "VOICE_AGENT_BASE_URL",
                "ws://127.0.0.1:" + nginx.port(),
                "KUBERNETES_ENABLED",
                "false",
                "TIER_CONFIG",
                "{\"gold\":{\"type\":\"exclusive\",\"target\":3}}"));
        more.forEach((name, value) -> settings.put(name, value.replace("PORT", Integer.toString(nginx.port()))));
        startRouter();
    }

    void startRouter() {
        router = RouterProcess.start(settings);
        Awaitility.await("a router that serves calls")
                .until(() -> wire().get("/ready").status() == 200);
    }

    void stopRouter() {
        router.close();
    }

    /** A pod's name leads to it from now on. */
    void start(String pod) {
        var address = new InetSocketAddress("127.1.0." + pod.replaceAll("\\D", ""), podPort);
        pods.put(pod, TalkingPod.start(pod, address));
        names.put(pod, address.getAddress());
    }

    TalkingPod pod(String name) {
        return pods.get(name);
    }

    Wire wire() {
        return new Wire(nginx.port());
    }

    Wire routerWire() {
        return new Wire(routerPort);
    }

    Nginx nginx() {
        return nginx;
    }

    AgentNames names() {
        return names;
    }

    /** Whether a handshake at this path leads to a pod. */
    boolean opens(String path) {
        try (var http = HttpClient.newHttpClient()) {
            var url = URI.create("ws://127.0.0.1:" + nginx.port() + path);
            http.newWebSocketBuilder()
                    .buildAsync(url, new WebSocket.Listener() {})
                    .get(10, TimeUnit.SECONDS)
                    .abort();
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends a call; whether there was one. */
    boolean release(String call) {
        var json = "{\"call_sid\":\"" + call + "\"}";
        return routerWire().ask("POST", "/api/v1/release", json).status() == 200;
    }

    @Override
    public void close() {
        var parts = new ArrayList<AutoCloseable>();
        if (nginx != null) parts.add(nginx);
        if (router != null) parts.add(router);
        parts.addAll(pods.values());
        parts.add(names);
        parts.add(redis);
        for (var part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
