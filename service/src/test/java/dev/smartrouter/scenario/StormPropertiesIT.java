package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.Deed.Drain;
import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.Deed.Undrain;
import dev.smartrouter.history.History;
import dev.smartrouter.history.Judge;
import dev.smartrouter.pool.StoreLaws;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;

/**
 * After any storm all is as before: no call is left, every pod is idle and back in its pool. One town lives through all
 * storms. {@code -Dproof.operations=5000000} makes more of them.
 */
class StormPropertiesIT {
    private static final long STORMS = Long.getLong("proof.operations", 100_000) / 5_000;
    private static final String GOLD = "voice:pool:gold:available";
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static Town town;
    /** Its complaints about the configs of a storm are right, and many. */
    private static final Logger journal = (Logger) LoggerFactory.getLogger("dev.smartrouter.calls");

    private static int storms;
    private static int shared;

    @BeforeContainer
    static void found() {
        journal.setLevel(Level.ERROR);
        town = Town.found()
                .with("RECONCILE_INTERVAL", "100ms") // a router sees a change of the tiers twice as soon
                .tiers("""
                        {"tiers":{"acme":{"type":"exclusive","target":1},"gold":{"type":"exclusive","target":1},\
                        "silver":{"type":"exclusive","target":1},"basic":{"type":"exclusive","target":1}},\
                        "default_chain":["gold","silver","basic"]}""")
                .merchantPods("acme", Storm.podsOf("acme").toArray(String[]::new));
        for (var tier : Storm.TIERS) town.pods(tier, Storm.podsOf(tier).toArray(String[]::new));
        town.routers(2);
        Awaitility.await("every pod is adopted") // a storm may leave a tier out, and its pods to nobody
                .atMost(SETTLED)
                .untilAsserted(() -> StoreLaws.assertHold(town.keys()));
    }

    @AfterContainer
    static void close() {
        town.close();
        journal.setLevel(null);
        System.out.println("storms: " + storms + "; gold was shared after " + shared + " of them");
    }

    @Provide
    Arbitrary<Storm> storms() {
        return Storm.storms();
    }

    @Property(
            tries = 2000,
            edgeCases = EdgeCasesMode.NONE,
            shrinking = ShrinkingMode.OFF,
            afterFailure = AfterFailureMode.SAMPLE_FIRST)
    void afterTheStormAllPodsAreIdleAndAllPoolsWhole(@ForAll("storms") Storm storm) {
        if (storms >= STORMS) return;
        var name = "CA-" + storms++ + "-";
        var history = weather(storm, name);
        assertThat(Judge.onePodACall(history)).as("one pod a call").isEmpty();
        StoreLaws.assertHold(town.keys());

        Crowd.each(
                Storm.pods().size(),
                i -> town.caller(i).undrain(Storm.pods().get(i)).is(200));
        var calls = List.copyOf(history.calls());
        Crowd.each(calls.size(), i -> town.caller(i).release(calls.get(i)));
        Awaitility.await("calm").atMost(SETTLED).untilAsserted(StormPropertiesIT::assertCalm);
        if (town.keys().type(GOLD).equals("zset")) shared++;
    }

    private static History weather(Storm storm, String name) {
        try (var recording = new Recording()) {
            Crowd.each(storm.programs().size(), client -> {
                try (var redis = town.redis().connect()) {
                    for (var step : storm.programs().get(client)) take(step, name, "c" + client, recording, redis);
                }
                return null;
            });
            return recording.history();
        }
    }

    private static void take(Storm.Step step, String name, String client, Recording recording, Jedis redis) {
        switch (step) {
            case Storm.Step.Ask(var deed, var router) -> {
                var caller = town.caller(router);
                recording.take(
                        client,
                        switch (deed) {
                            case Allocate(var call, var chain) -> {
                                var sid = name + call;
                                yield new Question(new Allocate(sid, chain), false, () -> allocate(caller, sid, call));
                            }
                            case Release(var call) ->
                                new Question(new Release(name + call), false, () -> caller.release(name + call));
                            case Drain(var pod) -> new Question(deed, false, () -> caller.drain(pod));
                            case Undrain(var pod) -> new Question(deed, false, () -> caller.undrain(pod));
                        });
            }
            case Storm.Step.SetTiers(var config) -> redis.set("voice:tier:config", config);
            case Storm.Step.SetMerchant(var merchant, var config) -> {
                if (config.isEmpty()) redis.hdel("voice:merchant:config", merchant);
                else redis.hset("voice:merchant:config", merchant, config);
            }
        }
    }

    private static Answer allocate(Caller caller, String sid, String call) {
        var merchant = Storm.merchantOf(call);
        return merchant.isEmpty() ? caller.allocate(sid) : caller.allocate(sid, merchant);
    }

    private static void assertCalm() {
        StoreLaws.assertHold(town.keys());
        assertThat(town.liveCalls()).isEmpty();
        var redis = town.keys();
        for (var tier : Storm.TIERS) assertWhole(redis, "voice:pool:" + tier + ":available", tier);
        assertWhole(redis, "voice:merchant:acme:pods", "acme");
    }

    private static void assertWhole(Jedis redis, String available, String tier) {
        var members = redis.type(available).equals("zset")
                ? redis.zrange(available, 0, -1)
                : List.copyOf(redis.smembers(available));
        assertThat(new TreeSet<>(members)).as(available).containsExactlyElementsOf(Storm.podsOf(tier));
    }
}
