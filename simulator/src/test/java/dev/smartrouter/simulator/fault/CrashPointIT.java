package dev.smartrouter.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.simulator.redis.LaptopRedis;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Breaks at exactly one point: what Redis holds afterwards tells whether the command was executed. */
class CrashPointIT {
    private static final String REPLY = ":1\r\n";
    private static LaptopRedis redis;

    private FaultProxy proxy;
    private Jedis direct;

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
    }

    @AfterEach
    void close() {
        direct.close();
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource({"BEFORE, false", "AFTER, true", "IN_REPLY, true", "REPLY_LOST, true"})
    void ofTenCommandsTheOneThatBreaksIsTheOneThatWasNamed(CrashPoint.Where where, boolean done) {
        for (var n = 1; n <= 10; n++) {
            direct.del("n");
            try (var client = client()) {
                client.ping();
                proxy.crashAt(new CrashPoint(n, where, 2));
                for (var i = 1; i < n; i++) assertThat(client.incr("n")).isEqualTo(i);
                assertThat(proxy.isCrashDue()).isTrue();
                assertThatThrownBy(() -> client.incr("n"))
                        .as("command " + n)
                        .isInstanceOf(JedisConnectionException.class);
                assertThat(proxy.isCrashDue()).isFalse();
            }
            holds(done ? n : n - 1);
        }
    }

    /** All ten leave the client in one packet. */
    @ParameterizedTest
    @CsvSource({"BEFORE, 4", "AFTER, 5", "REPLY_LOST, 10"})
    void aPipelineBreaksWithinItsPacket(CrashPoint.Where where, int done) {
        try (var client = client()) {
            client.ping();
            proxy.crashAt(new CrashPoint(5, where, 0));
            var pipeline = client.pipelined();
            var replies = new ArrayList<Response<Long>>();
            for (var i = 0; i < 10; i++) replies.add(pipeline.incr("n"));
            assertThatThrownBy(pipeline::sync).isInstanceOf(JedisConnectionException.class);
        }
        holds(done);
    }

    @Test
    void aReplyBreaksAfterAnyOfItsBytes() throws IOException {
        for (var bytes = 0; bytes <= REPLY.length(); bytes++) {
            direct.del("n");
            proxy.crashAt(CrashPoint.inReply(1, bytes));
            try (var socket = new Socket("127.0.0.1", proxy.port())) {
                socket.getOutputStream().write("INCR n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo(REPLY.substring(0, bytes));
            }
            holds(1);
        }
    }

    @Test
    void othersGoOnAndItHappensOnce() {
        try (var one = client();
                var other = client()) {
            one.ping();
            other.ping();
            proxy.crashAt(CrashPoint.replyLost(2));
            assertThat(one.incr("n")).isEqualTo(1);
            assertThatThrownBy(() -> other.incr("n")).isInstanceOf(JedisConnectionException.class);
            for (var i = 3; i < 20; i++) assertThat(one.incr("n")).isEqualTo(i);
        }
    }

    /** A server that echoes lines, with which client and server take turns. */
    @Test
    void whereNothingIsKnownOfTheProtocolTurnsAreCounted() throws Exception {
        try (var server = new ServerSocket(0);
                var turns = FaultProxy.before(Upstream.at("127.0.0.1", server.getLocalPort()), Framing.turns());
                var client = new Socket("127.0.0.1", turns.port())) {
            Thread.ofVirtual().start(() -> echo(server));
            turns.crashAt(CrashPoint.before(3));
            for (var i = 0; i < 2; i++) {
                client.getOutputStream().write('x');
                assertThat(client.getInputStream().read()).isEqualTo('x');
            }
            assertThat(turns.exchanges()).isEqualTo(2);
            client.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoHasSaidEverythingStillHearsTheAnswer() throws Exception {
        try (var server = new ServerSocket(0);
                var turns = FaultProxy.before(Upstream.at("127.0.0.1", server.getLocalPort()), Framing.turns());
                var client = new Socket("127.0.0.1", turns.port())) {
            Thread.ofVirtual().start(() -> echo(server));
            client.getOutputStream().write("all".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("all");
            await().until(() -> turns.connections() == 0);
        }
    }

    private static void echo(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // the test is over
        }
    }

    private void holds(int value) {
        await(value + " commands done")
                .until(() -> String.valueOf(value).equals(direct.get("n")) || (value == 0 && direct.get("n") == null));
    }

    private Jedis client() {
        return redis.address().through(proxy.port()).connect();
    }
}
