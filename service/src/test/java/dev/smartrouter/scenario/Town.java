package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.RedisProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

/** A Redis, voice-agent pods that an operator set by hand with the documented keys alone, and routers. */
final class Town implements AutoCloseable {
    /** Where callers' audio goes. */
    static final String AGENTS = "wss://voice.example.com";

    private final Optional<RedisProcess> redis;
    private Jedis keys;
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "HTTP_PORT", "0",
            "METRICS_PORT", "0",
            "VOICE_AGENT_BASE_URL", AGENTS,
            "KUBERNETES_ENABLED", "false",
            "AUDIT_INTERVAL", "500ms",
            "CLEANUP_INTERVAL", "1s",
            "LOG_LEVEL", "warn",
            "LOG_FORMAT", "text"));
    private final List<Router> routers = new ArrayList<>();
    private final Deque<AutoCloseable> others = new ArrayDeque<>();
    private final Map<String, List<String>> exclusive = new HashMap<>();
    private final List<String> shared = new ArrayList<>();

    private Town(Optional<RedisProcess> redis, Jedis keys) {
        this.redis = redis;
        this.keys = keys;
        redis.ifPresent(its -> settings.put("REDIS_URL", its.url()));
    }

    /** One with a Redis and nothing else. */
    static Town found(String... redisSettings) {
        var redis = RedisProcess.start(redisSettings);
        return new Town(Optional.of(redis), redis.connect());
    }

    /** One on a Redis of somebody else's, which these keys are of; its routers are told where in their settings. */
    static Town on(Jedis keys) {
        return new Town(Optional.empty(), keys);
    }

    RedisProcess redis() {
        return redis.orElseThrow();
    }

    /** The keys as redis-cli would show them; for the test's own thread only. */
    Jedis keys() {
        return keys;
    }

    /** After Redis was started again. */
    void reconnect() {
        moveTo(redis().connect());
    }

    /** From now on these are the keys. */
    void moveTo(Jedis elsewhere) {
        keys.close();
        keys = elsewhere;
    }

    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** A setting of the routers that come. */
    Town with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** The tier config as an operator writes it into the store. */
    Town tiers(String json) {
        keys.set("voice:tier:config", json);
        return this;
    }

    Town merchant(String merchant, String json) {
        keys.hset("voice:merchant:config", merchant, json);
        return this;
    }

    /** Pods that carry one call each. */
    Town pods(String tier, String... pods) {
        keys.sadd("voice:pool:" + tier + ":assigned", pods);
        keys.sadd("voice:pool:" + tier + ":available", pods);
        exclusive.put("voice:pool:" + tier + ":available", List.of(pods));
        for (var pod : pods) settle(pod, tier);
        return this;
    }

    /** Pods of a merchant's own. */
    Town merchantPods(String merchant, String... pods) {
        keys.sadd("voice:merchant:" + merchant + ":assigned", pods);
        keys.sadd("voice:merchant:" + merchant + ":pods", pods);
        exclusive.put("voice:merchant:" + merchant + ":pods", List.of(pods));
        for (var pod : pods) settle(pod, "merchant:" + merchant);
        return this;
    }

    /** A pod that carries several calls. */
    Town sharedPod(String tier, String pod) {
        keys.sadd("voice:pool:" + tier + ":assigned", pod);
        keys.zadd("voice:pool:" + tier + ":available", 0, pod);
        shared.add("voice:pool:" + tier + ":available");
        settle(pod, tier);
        return this;
    }

    private void settle(String pod, String tier) {
        keys.set("voice:pod:tier:" + pod, tier);
        keys.hset("voice:pod:" + pod, "status", "available");
        keys.hset("voice:pod:metadata", pod, "{\"name\":\"" + pod + "\"}");
    }

    /** Routers in this JVM, each ready for calls. */
    Town routers(int howMany) {
        for (int i = 0; i < howMany; i++) join(Router.here(settings)).awaitReady();
        return this;
    }

    /** Routers that are processes of their own, each ready for calls. */
    Town separateRouters(int howMany) {
        var started = new ArrayList<Router>();
        for (int i = 0; i < howMany; i++) started.add(join(Router.apart(settings)));
        started.forEach(Router::awaitReady);
        return this;
    }

    Router join(Router router) {
        routers.add(router);
        return router;
    }

    /** It is gone, or goes now. */
    void left(Router router) {
        routers.remove(router);
        router.close();
    }

    /** Something else to stop with the town, before its Redis. */
    <T extends AutoCloseable> T alsoStops(T other) {
        others.push(other);
        return other;
    }

    Router router(int which) {
        return routers.get(which);
    }

    Caller caller() {
        return caller(0);
    }

    Caller caller(int router) {
        return routers.get(router % routers.size()).caller();
    }

    /** Waits until every pool that was set up has all its pods back and no call is left. */
    void awaitWhole() {
        Awaitility.await("whole pools").atMost(Duration.ofSeconds(10)).untilAsserted(this::assertWhole);
    }

    /** Every pool that was set up has all its pods, and no call is left anywhere. */
    void assertWhole() {
        exclusive.forEach(
                (key, pods) -> assertThat(keys.smembers(key)).as(key).containsExactlyInAnyOrderElementsOf(pods));
        for (var key : shared)
            assertThat(keys.zrangeWithScores(key, 0, -1))
                    .as(key)
                    .isNotEmpty()
                    .allSatisfy(pod -> assertThat(pod.getScore()).isZero());
        assertThat(keys.zcard("voice:calls:by_expiry")).as("live calls").isZero();
        assertThat(keys.keys("voice:call:*")).isEmpty();
        assertThat(keys.keys("voice:lease:*")).isEmpty();
        assertThat(keys.keys("voice:pod:*:calls")).isEmpty();
    }

    /** Calls that the store holds to be live. */
    TreeSet<String> liveCalls() {
        return new TreeSet<>(keys.zrange("voice:calls:by_expiry", 0, -1));
    }

    @Override
    public void close() {
        routers.forEach(Router::close);
        keys.close();
        for (var other : others) {
            try {
                other.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        redis.ifPresent(RedisProcess::close);
    }
}
