package dev.smartrouter.simulator;

import dev.smartrouter.app.RouterProcess;
import dev.smartrouter.simulator.redis.LaptopRedis;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One router, one Redis, seven voice-agent pods and three merchants: enough to place a call. Pods and merchants are set
 * by hand, through the documented keys alone, as an operator would.
 */
public final class SmallTown implements AutoCloseable {
    /** The tiers and targets of seven pods: two pools of merchants' own, and the default chain. */
    static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":2},"standard":{"type":"exclusive","target":1},\
            "basic":{"type":"shared","target":1,"max_concurrent":3},"9shines":{"type":"exclusive","target":2},\
            "acme":{"type":"exclusive","target":1}},"default_chain":["gold","standard","basic"]}""";

    private static final Map<String, String> MERCHANTS = Map.of(
            "9shines", "{\"tier\":\"gold\",\"pool\":\"9shines\",\"fallback\":[\"gold\",\"standard\",\"basic\"]}",
            "acme", "{\"tier\":\"gold\",\"pool\":\"acme\",\"fallback\":[\"standard\",\"basic\"]}",
            "bluebird", "{\"tier\":\"standard\"}");

    private static final Map<String, String> DEFAULTS = Map.of(
            "KUBERNETES_ENABLED", "false",
            "VOICE_AGENT_BASE_URL", "ws://localhost:8000",
            "TIER_CONFIG", TIERS,
            "LOG_FORMAT", "text",
            "LOG_LEVEL", "warn");

    private final LaptopRedis redis;
    private final RouterProcess router;

    private SmallTown(LaptopRedis redis, RouterProcess router) {
        this.redis = redis;
        this.router = router;
    }

    /**
     * @param environment settings of the router that win over the town's own; with a REDIS_URL, that Redis is used and
     *     gets pods only if it has no pool yet
     * @throws IllegalStateException if Redis or the router cannot start; nothing is left running
     */
    public static SmallTown start(Map<String, String> environment) {
        var redis = LaptopRedis.startUnless(environment.get("REDIS_URL"));
        try {
            settle(redis.url());
            var settings = new HashMap<>(DEFAULTS);
            settings.putAll(environment);
            settings.put("REDIS_URL", redis.url());
            return new SmallTown(redis, RouterProcess.start(settings));
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    /** Sets the pods and merchants by hand, unless somebody has before. */
    private static void settle(String url) {
        try (var jedis = new Jedis(URI.create(url))) {
            if (jedis.exists("voice:tier:modes") || jedis.exists("voice:pool:gold:available")) return;
            jedis.sadd("voice:merchant:9shines:pods", "voice-agent-0", "voice-agent-1");
            jedis.sadd("voice:merchant:acme:pods", "voice-agent-2");
            jedis.sadd("voice:pool:gold:available", "voice-agent-3", "voice-agent-4");
            jedis.sadd("voice:pool:standard:available", "voice-agent-5");
            jedis.zadd("voice:pool:basic:available", 0, "voice-agent-6");
            jedis.hset("voice:merchant:config", MERCHANTS);
        } catch (JedisException e) {
            throw new IllegalStateException("Redis at " + redacted(url) + " does not answer: " + e.getMessage(), e);
        }
    }

    private static String redacted(String url) {
        return url.replaceAll("//[^@/]*@", "//");
    }

    int httpPort() {
        return router.httpPort();
    }

    int metricsPort() {
        return router.metricsPort();
    }

    String redisUrl() {
        return redis.url();
    }

    /** What to try, as text. */
    public String welcome() {
        return """

                Smart Router is up. Seven voice-agent pods wait for calls; Ctrl-C stops all of it.

                  router    http://localhost:%1$d
                  metrics   http://localhost:%2$d/metrics
                  redis     %3$s

                Try:

                  curl -s localhost:%1$d/api/v1/allocate -H 'Content-Type: application/json' -d '{"call_sid":"CA1","merchant_id":"acme"}'
                  curl -s 'localhost:%1$d/agent/voice/breeze-buddy/twilio/callback/hello?merchant_id=9shines' -d CallSid=CA2
                  curl -s localhost:%1$d/api/v1/status
                """.formatted(httpPort(), metricsPort(), redacted(redis.url()));
    }

    @Override
    public void close() {
        router.close();
        redis.close();
    }
}
