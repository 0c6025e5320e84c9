package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.smartrouter.pool.RedisStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.ClientKillParams.SkipMe;

/** Where Redis may live: behind a password, TLS or sentinels, in a cluster; and where it had better not. */
class RedisHomesIT {
    private static final String TIERS =
            "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":4}},\"default_chain\":[\"gold\"]}";
    private static final String[] PODS = {"voice-agent-0", "voice-agent-1", "voice-agent-2", "voice-agent-3"};

    @Test
    void behindAPassword() {
        try (var town = Town.found().tiers(TIERS).pods("gold", PODS)) {
            town.keys().configSet("requirepass", "p@ss/w:rd");
            town.with(
                            "REDIS_URL",
                            "redis://:p%40ss%2Fw%3Ard@127.0.0.1:" + town.redis().port())
                    .routers(1);
            servesAllPodsOnce(town.caller());

            var refused = town.join(Router.here(with(
                    town,
                    "REDIS_URL",
                    "redis://:wrong@127.0.0.1:" + town.redis().port())));
            refused.caller().allocate("CA-wrong").is(503);
            refused.caller().form("/api/v1/twilio/allocate", "CallSid=CA-wrong").apologises();
        }
    }

    @Test
    void inADatabaseOfItsOwn() {
        try (var town = Town.found()) {
            town.keys().select(3);
            town.tiers(TIERS).pods("gold", PODS);
            town.with("REDIS_URL", town.redis().url() + "/3").routers(1);
            servesAllPodsOnce(town.caller());
            town.keys().select(0);
            assertThat(town.keys().dbSize()).isZero();
        }
    }

    @Test
    void behindTlsIfItsCertificateIsTrusted() {
        try (var town = Town.found().tiers(TIERS).pods("gold", PODS)) {
            var tls = town.alsoStops(TlsDoor.before(town.redis().port()));
            town.with("REDIS_URL", "rediss://localhost:" + tls.port());
            var trusting = Router.apart(town.settings(), tls.trust());
            town.join(trusting);
            var doubting = Router.apart(town.settings());
            town.join(doubting);
            trusting.awaitReady();
            servesAllPodsOnce(trusting.caller());
            await("the other")
                    .ignoreExceptions()
                    .until(() -> doubting.caller().get("/health").isOk());
            doubting.caller().allocate("CA-doubting").is(503);
            assertThat(doubting.log()).contains("no connection to Redis", "PKIX");
        }
    }

    @Test
    void behindTlsWithAnAuthorityOfItsOwnAndAPasswordInAFile(@TempDir Path directory) throws IOException {
        try (var town = Town.found().tiers(TIERS).pods("gold", PODS)) {
            var tls = town.alsoStops(TlsDoor.before(town.redis().port()));
            var password = Files.writeString(directory.resolve("password"), "first\n");
            town.keys().configSet("requirepass", "first");
            town.with("REDIS_URL", "rediss://localhost:" + tls.port())
                    .with("REDIS_CA_FILE", tls.certificate().toString())
                    .with("REDIS_PASSWORD_FILE", password.toString())
                    .routers(1);
            servesAllPodsOnce(town.caller());

            // a new password, and the connections of the old one are cut
            Files.writeString(password, "second");
            town.keys().configSet("requirepass", "second");
            town.keys()
                    .clientKill(ClientKillParams.clientKillParams()
                            .type(ClientType.NORMAL)
                            .skipMe(SkipMe.YES));
            await("service with the new password")
                    .until(() -> town.caller().allocate("CA-0").isOk());
            town.caller().release("CA-0").is(200);
            servesAllPodsOnce(town.caller());
        }
    }

    @Test
    void behindASentinelThroughAFailover() {
        try (var master = RedisNode.start();
                var replica = RedisNode.start(
                        "--replicaof",
                        "127.0.0.1",
                        Integer.toString(master.port()),
                        "--repl-diskless-sync-delay",
                        "0")) {
            replica.awaitInfo("replication", "master_link_status:up");
            try (var sentinel = RedisNode.sentinel("voices", master.port())) {
                sentinel.awaitInfo("sentinel", "status=ok,address=127.0.0.1:" + master.port() + ",slaves=1");
                try (var town = Town.on(master.connect()).tiers(TIERS).pods("gold", PODS)) {
                    town.with("REDIS_URL", "redis-sentinel://127.0.0.1:" + sentinel.port() + "/voices")
                            .routers(2);
                    var first = town.caller(0).allocate("CA-talking").took("pool:gold");
                    town.caller(0).allocate("CA-ended").took("pool:gold");
                    town.caller(0).release("CA-ended").is(200);
                    awaitMirrored(town, "CA-talking");

                    master.kill();
                    assertThat(town.caller(0).allocate("CA-lost").is(503).took())
                            .isLessThan(Duration.ofSeconds(1));
                    for (int router = 0; router < 2; router++) {
                        var caller = town.caller(router);
                        await("service after the failover")
                                .atMost(Duration.ofSeconds(15))
                                .until(() -> caller.allocate("CA-talking").isOk());
                        caller.allocate("CA-talking").replays(first);
                    }
                    town.moveTo(replica.connect());
                    await("no pod held for a refused call")
                            .until(() -> town.liveCalls().equals(new TreeSet<>(List.of("CA-talking"))));
                    assertThat(town.caller(1).release("CA-talking").is(200).pod())
                            .isEqualTo(first.pod());
                    town.awaitWhole();
                    await("the gate").until(() -> town.caller(1).get("/ready").isOk());
                    servesAllPodsOnce(town.caller(1));
                }
            }
        }
    }

    @Test
    void inAClusterReachedThroughANodeThatHasOtherSlots() {
        try (var cluster = RedisCluster.ofThree()) {
            var home = cluster.nodeOf("{voice}:state:gen");
            var elsewhere =
                    cluster.nodes().stream().filter(node -> node != home).toList();
            try (var keys = home.connect()) {
                keys.set("{voice}:tier:config", TIERS);
                keys.sadd("{voice}:pool:gold:available", PODS);
            }
            try (var town = Town.on(home.connect())
                    .with("REDIS_PREFIX", "{voice}:")
                    .with(
                            "REDIS_URL",
                            "redis-cluster://127.0.0.1:" + elsewhere.getFirst().port() + ",127.0.0.1:"
                                    + elsewhere.getLast().port())
                    .routers(1)) {
                servesAllPodsOnce(town.caller());
                assertThat(town.keys().scard("{voice}:pool:gold:available")).isEqualTo(PODS.length);
                for (var node : elsewhere) {
                    try (var keys = node.connect()) {
                        assertThat(keys.dbSize()).isZero();
                    }
                }
            }
        }
    }

    @Test
    void onAServerThatEvictsKeysItSaysSoLoudly() {
        var log = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(RedisStore.class.getPackageName());
        log.start();
        logger.addAppender(log);
        try (var town = Town.found("--maxmemory-policy volatile-lru")
                .tiers(TIERS)
                .pods("gold", PODS)
                .routers(1)) {
            assertThat(List.copyOf(log.list))
                    .filteredOn(event -> event.getLevel() == Level.ERROR)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anySatisfy(line -> assertThat(line).contains("volatile-lru", "noeviction"));
            assertThat(metrics(town)).contains("smart_router_store_unfit 1.0");
            servesAllPodsOnce(town.caller());
            town.keys().configSet("maxmemory-policy", "noeviction");
        } finally {
            logger.detachAppender(log);
        }
        try (var town = Town.found().tiers(TIERS).pods("gold", PODS).routers(1)) {
            assertThat(metrics(town)).contains("smart_router_store_unfit 0.0");
        }
    }

    private static String metrics(Town town) {
        return new Caller(town.router(0).admin()).get("/metrics").body();
    }

    private static Map<String, String> with(Town town, String variable, String value) {
        var settings = new HashMap<>(town.settings());
        settings.put(variable, value);
        return settings;
    }

    private static void servesAllPodsOnce(Caller caller) {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < PODS.length; i++)
            answers.add(caller.allocate("CA-" + i).took("pool:gold"));
        assertThat(answers).extracting(Answer::pod).containsExactlyInAnyOrder(PODS);
        caller.allocate("CA-too-many").findsNoPodIn("pool:gold");
        for (int i = 0; i < PODS.length; i++) caller.allocate("CA-" + i).replays(answers.get(i));
        IntStream.range(0, PODS.length).forEach(i -> caller.release("CA-" + i).is(200));
    }

    private static void awaitMirrored(Town town, String call) {
        for (int router = 0; router < 2; router++) {
            var admin = new Caller(town.router(router).admin());
            await(call).until(() -> admin.get("/metrics").body().contains("smart_router_active_calls 1.0"));
        }
    }
}
