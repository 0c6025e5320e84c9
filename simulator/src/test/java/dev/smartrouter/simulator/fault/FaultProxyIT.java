package dev.smartrouter.simulator.fault;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.simulator.redis.LaptopRedis;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Each fault, in front of a real Redis. */
class FaultProxyIT {
    private static LaptopRedis redis;

    private FaultProxy proxy;
    private Jedis direct;
    private Jedis client;

    @BeforeAll
    static void start() {
        redis = LaptopRedis.start(0);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void open() {
        proxy = FaultProxy.before(Upstream.at(() -> redis.address().socket()), Framing.redis());
        direct = redis.address().connect();
        direct.flushAll();
        client = through(ofSeconds(5));
        client.ping();
    }

    @AfterEach
    void close() {
        if (!client.isBroken()) client.close();
        direct.close();
        proxy.close();
    }

    @Test
    void withoutAFaultEverythingPasses() {
        var large = "x".repeat(3_000_000);
        client.set("large", large);
        assertThat(client.get("large")).isEqualTo(large);
        var pipeline = client.pipelined();
        for (var i = 0; i < 10_000; i++) pipeline.incr("n");
        pipeline.sync();
        assertThat(client.get("n")).isEqualTo("10000");
    }

    @Test
    void everyCommandIsAnExchangeHoweverManyShareAPacket() {
        var before = proxy.exchanges();
        var pipeline = client.pipelined();
        for (var i = 0; i < 1_000; i++) pipeline.incr("n");
        pipeline.sync();
        client.ping();
        assertThat(proxy.exchanges() - before).isEqualTo(1_001);
    }

    @Test
    void aDelayLengthensEveryExchangeByItsTwoWays() {
        proxy.delay(ofMillis(60), ofMillis(90));
        for (var i = 0; i < 3; i++) assertThat(took(client::ping)).isBetween(ofMillis(150), ofMillis(250));
        proxy.delay(ZERO, ZERO);
        assertThat(took(client::ping)).isLessThan(ofMillis(100));
    }

    @Test
    void aDelayIsNoBottleneck() {
        proxy.delay(ofMillis(50), ofMillis(50));
        var large = "x".repeat(3_000_000);
        assertThat(took(() -> {
                    client.set("large", large);
                    client.get("large");
                }))
                .isBetween(ofMillis(200), ofMillis(600));
        assertThat(client.get("large")).isEqualTo(large);
    }

    @Test
    void whatIsUnderWayIsNotOvertakenWhenADelayEnds() {
        proxy.delay(ofMillis(200), ZERO);
        var pipeline = client.pipelined();
        pipeline.rpush("list", "first");
        var first = CompletableFuture.runAsync(pipeline::sync);
        await().until(() -> proxy.exchanges() > 1);
        proxy.delay(ZERO, ZERO);
        first.join();
        client.rpush("list", "second");
        assertThat(direct.lrange("list", 0, -1)).containsExactly("first", "second");
        client.close();
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void aCutBreaksWhatIsThereAndWelcomesTheNext() {
        proxy.cut();
        assertThatThrownBy(client::ping).isInstanceOf(JedisConnectionException.class);
        try (var next = through(ofSeconds(5))) {
            assertThat(next.ping()).isEqualTo("PONG");
        }
    }

    @Test
    void whoeverConnectsIsRefusedUntilAdmittedAgain() {
        proxy.refuse();
        assertThat(client.ping()).isEqualTo("PONG");
        assertThatThrownBy(() -> new Socket("127.0.0.1", proxy.port())).hasMessageContaining("Connection refused");
        proxy.admit();
        try (var next = through(ofSeconds(5))) {
            assertThat(next.ping()).isEqualTo("PONG");
        }
    }

    @Test
    void whatWasHeldInAFrostFlowsWhenItThaws() {
        proxy.freeze();
        var incr = CompletableFuture.supplyAsync(() -> client.incr("n"));
        assertThatThrownBy(() -> through(ofMillis(300))).hasMessageContaining("timed out");
        assertThat(incr).isNotDone();
        assertThat(direct.get("n")).isNull();
        proxy.thaw();
        assertThat(incr.join()).isEqualTo(1);
    }

    @Test
    void aFrozenConnectionCanBeCut() {
        proxy.freeze();
        var incr = CompletableFuture.supplyAsync(() -> client.incr("n"));
        proxy.cut();
        assertThat(incr).failsWithin(ofSeconds(2));
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void aDroppedReplyIsOfACommandThatWasDone() {
        try (var impatient = through(ofMillis(200))) {
            impatient.ping();
            proxy.dropReplies(false);
            assertThatThrownBy(() -> impatient.incr("n")).hasMessageContaining("timed out");
            assertThat(direct.get("n")).isEqualTo("1");
        }
        proxy.passReplies();
        try (var next = through(ofMillis(200))) {
            assertThat(next.get("n")).isEqualTo("1");
        }
    }

    @Test
    void aClientCanSeeItsConnectionEndInsteadOfAReply() {
        proxy.dropReplies(true);
        assertThat(took(() -> assertThatThrownBy(() -> client.incr("n")).isInstanceOf(JedisConnectionException.class)))
                .isLessThan(ofSeconds(1));
        assertThat(direct.get("n")).isEqualTo("1");
    }

    @Test
    void theUpstreamMayMove() {
        try (var other = LaptopRedis.start(0);
                var moving = FaultProxy.before(
                        Upstream.at(() -> proxy.exchanges() < 10
                                ? redis.address().socket()
                                : other.address().socket()),
                        Framing.redis())) {
            direct.set("where", "here");
            assertThat(at(moving)).isEqualTo("here");
            IntStream.range(0, 10).forEach(i -> client.ping());
            assertThat(at(moving)).isNull();
        }
    }

    @Test
    void aServerThatIsNotThereCutsTheClientOff() throws Exception {
        try (var nowhere = FaultProxy.before(Upstream.at("127.0.0.1", 1), Framing.redis());
                var lost = new Socket("127.0.0.1", nowhere.port())) {
            assertThat(took(() -> assertThat(lost.getInputStream().read()).isEqualTo(-1)))
                    .isLessThan(ofSeconds(2));
        }
    }

    @Test
    void aPortInUseIsAnErrorOfTheStart() throws Exception {
        try (var taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> FaultProxy.on(taken.getLocalPort(), Upstream.at("127.0.0.1", 1), Framing.turns()))
                    .isInstanceOf(BindException.class);
        }
        assertThatThrownBy(() -> FaultProxy.on(proxy.port(), Upstream.at("127.0.0.1", 1), Framing.turns()))
                .isInstanceOf(BindException.class);
    }

    private String at(FaultProxy other) {
        try (var jedis = redis.address().through(other.port()).connect()) {
            return jedis.get("where");
        }
    }

    private Jedis through(Duration timeout) {
        return redis.address().through(proxy.port()).connect(timeout);
    }

    private static Duration took(ThrowingCallable task) {
        var start = System.nanoTime();
        assertThatCode(task).doesNotThrowAnyException();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
