package dev.smartrouter.bench;

import dev.smartrouter.pool.RedisProcess;
import java.time.Duration;
import java.util.Map;

/** First look. */
public final class Duel {
    static final String TIERS = "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}";

    private Duel() {}

    public static void main(String[] args) {
        var rounds = Integer.getInteger("rounds", 3);
        var seconds = Integer.getInteger("seconds", 4);
        try (var redis = RedisProcess.start()) {
            try (var keys = redis.connect()) {
                for (int i = 0; i < 300; i++) {
                    keys.sadd("voice:pool:gold:available", "voice-agent-" + i);
                    keys.sadd("voice:pool:gold:assigned", "voice-agent-" + i);
                    keys.sadd("original:pool:gold:available", "voice-agent-" + i);
                    keys.set("original:pod:tier:voice-agent-" + i, "gold");
                }
                keys.set("original:tier:config", TIERS);
            }
            var opts = System.getProperty("opts", "");
            try (var router = new RouterApart(redis.url(), Map.of("TIER_CONFIG", TIERS), opts.isEmpty() ? new String[0] : opts.split(" "))) {
                router.awaitReady();
                System.out.println("pid " + router.pid());
                var redisHandle = ProcessHandle.current().children().filter(p -> p.pid() != router.pid()).findFirst().orElseThrow();
                long call = 1;
                var routes = Map.of("jersey", Route.jersey("/api/v1"), "jnothing", Route.jersey("/bench/nothing"), "ours", Route.json("/api/v1"), "twilio", Route.twilio(), "nothing", Route.json("/bench/nothing"), "original", Route.json("/bench/original"));
                var which = System.getProperty("which", "ours,nothing,original").split(",");
                for (var name : which) {
                    try (var callers = new Callers(router.address(), routes.get(name), 32, call)) {
                        for (int done = 0; done < Integer.getInteger("warm", 100_000); ) done += callers.atFullSpeed(Duration.ofSeconds(1)).answers();
                    }
                    call += 100_000_000;
                }
                System.out.println("warm");
                for (int round = 0; round < rounds; round++) {
                    for (var connections : System.getProperty("conns", "1,32,128").split(",")) {
                        for (var name : which) {
                            try (var callers = new Callers(router.address(), routes.get(name), Integer.parseInt(connections), call)) {
                                callers.atFullSpeed(Duration.ofSeconds(round == 0 ? 2 : 1));
                                var cpu = router.cpuSeconds();
                                var rcpu = RouterApart.cpuSeconds(redisHandle);
                                var scripts = router.figure("smart_router_store_scripts_total");
                                var exchanges = router.figure("smart_router_store_exchanges_total");
                                var logged = router.logged();
                                var sample = callers.atFullSpeed(Duration.ofSeconds(seconds));
                                cpu = (router.cpuSeconds() - cpu) / sample.answers() * 1e6;
                                rcpu = (RouterApart.cpuSeconds(redisHandle) - rcpu) / sample.answers() * 1e6;
                                scripts = router.figure("smart_router_store_scripts_total") - scripts;
                                exchanges = router.figure("smart_router_store_exchanges_total") - exchanges;
                                call += 100_000_000;
                                System.out.printf("%d %4s %-9s %8.0f/s p50 %6.2f p99 %6.2f ms cpu %5.1f redis %5.1f us x/s %.2f log %.0f B/req faults %d refused %.0f%n",
                                        round, connections, name, sample.perSecond(), sample.served(.5), sample.served(.99), cpu, rcpu, exchanges / Math.max(scripts, 1),
                                        (double) (router.logged() - logged) / sample.answers(), sample.faults(), sample.refusedPerSecond());
                            }
                        }
                    }
                }
            }
        }
    }
}
