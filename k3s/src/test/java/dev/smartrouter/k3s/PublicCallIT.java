package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A whole call through the public door: a webhook, the pod it was given, audio both ways, and the end. */
@EnabledIf(value = "dev.smartrouter.k3s.Nginx#isHere", disabledReason = Nginx.MISSING)
class PublicCallIT {
    private static final Pattern STREAM = Pattern.compile("<Stream url=\"([^\"]*/ws/pod/([^/]*)/[^\"]*)\"");
    /** 20 ms of a telephone call. */
    private static final byte[] FRAME = new byte[160];

    private final PublicDoor door = new PublicDoor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger audio = new AtomicInteger();
    private volatile boolean over;

    @AfterEach
    void shut() {
        http.shutdownNow();
        door.close();
    }

    @Test
    void eachCallTalksToTheVeryPodItWasGiven() throws Exception {
        for (var call : List.of("CA1", "CA2", "CA3")) {
            var markup = door.wire()
                    .post("/agent/voice/breeze-buddy/twilio/callback/hello", "CallSid=" + call)
                    .body();
            var stream = STREAM.matcher(markup);
            assertThat(stream.find()).as(markup).isTrue();
            var socket = connect(stream.group(1) + "?sample-rate=8000");
            socket.sendText("hello", true).get(10, TimeUnit.SECONDS);
            var greeting = stream.group(2) + " heard hello";
            await("an answer").untilAsserted(() -> assertThat(heard).contains(greeting));
            assertThat(door.pod(stream.group(2)).callers())
                    .singleElement()
                    .satisfies(caller -> assertThat(caller.getResourceDescriptor())
                            .isEqualTo("/ws/pod/" + stream.group(2) + "/" + call + "?sample-rate=8000"));
            socket.abort();
        }
        assertThat(heard).hasSize(PublicDoor.PODS.size());
    }

    @Test
    void audioGoesBothWaysUntilSomebodyHangsUp() throws Exception {
        var socket = connect("ws://127.0.0.1:" + door.nginx().port() + "/ws/pod/voice-agent-2/CA1");
        for (int i = 0; i < 500; i++)
            socket.sendBinary(ByteBuffer.wrap(FRAME), true).get(10, TimeUnit.SECONDS);
        await("all of it back").until(() -> audio.get() == 500 * FRAME.length);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(10, TimeUnit.SECONDS);
        await("the end").until(() -> over);
    }

    @Test
    void anNginxThatIsToldToGoStaysForItsLastCall() throws Exception {
        var socket = connect("ws://127.0.0.1:" + door.nginx().port() + "/ws/pod/voice-agent-2/CA1");
        door.nginx().quit();
        await("no new connections").until(() -> !door.nginx().listens());
        socket.sendText("still here", true).get(10, TimeUnit.SECONDS);
        await("an answer").untilAsserted(() -> assertThat(heard).contains("voice-agent-2 heard still here"));
        assertThat(door.nginx().isAlive()).isTrue();
        socket.abort();
        await("its end").until(() -> !door.nginx().isAlive());
    }

    /** Nobody else takes over a call's audio: the caller's provider decides what follows. */
    @Test
    void aCallWhosePodIsGoneIsNotLedToAnother() {
        door.pod("voice-agent-1").close();
        assertThat(door.wire().knock("/ws/pod/voice-agent-1/CA1").status()).isEqualTo(502);
        door.names().remove("voice-agent-1");
        var reply = door.wire().knock("/ws/pod/voice-agent-1/CA1");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.body()).isEqualTo("{\"error\":\"pod not reachable\"}");
        assertThat(door.wire().knock("/ws/pod/voice-agent-9999/CA1").status()).isEqualTo(502);
        assertThat(door.pod("voice-agent-2").callers()).isEmpty();
        assertThat(door.pod("voice-agent-30").callers()).isEmpty();
    }

    @Test
    void aPodThatCameBackIsFoundAgain() throws Exception {
        door.pod("voice-agent-1").close();
        door.names().remove("voice-agent-1");
        assertThat(door.wire().knock("/ws/pod/voice-agent-1/CA1").status()).isEqualTo(502);
        door.start("voice-agent-1");
        await("its name leads to it").ignoreExceptions().until(() -> {
            connect("ws://127.0.0.1:" + door.nginx().port() + "/ws/pod/voice-agent-1/CA1")
                    .abort();
            return true;
        });
    }

    @Test
    void aPodHearsOfItsCallerFromNginxAlone() throws Exception {
        http.newWebSocketBuilder()
                .header("X-Forwarded-For", "6.6.6.6")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "gopher")
                .header("X-Forwarded-Port", "1")
                .header("X-Forwarded-Prefix", "/evil")
                .header("X-Real-IP", "6.6.6.6")
                .header("Forwarded", "for=6.6.6.6")
                .header("X-Request-Id", "evil")
                .header("Authorization", "Bearer theirs")
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + door.nginx().port() + "/ws/pod/voice-agent-1/CA1"), new Ear())
                .get(10, TimeUnit.SECONDS)
                .abort();
        assertThat(door.pod("voice-agent-1").callers()).singleElement().satisfies(caller -> {
            assertThat(caller.getFieldValue("X-Forwarded-For")).isEqualTo("127.0.0.1");
            assertThat(caller.getFieldValue("X-Real-IP")).isEqualTo("127.0.0.1");
            assertThat(caller.getFieldValue("X-Forwarded-Host")).isEqualTo("127.0.0.1");
            assertThat(caller.getFieldValue("X-Forwarded-Proto")).isEqualTo("http");
            assertThat(caller.getFieldValue("X-Forwarded-Port")).isEmpty();
            assertThat(caller.getFieldValue("X-Forwarded-Prefix")).isEmpty();
            assertThat(caller.getFieldValue("Forwarded")).isEmpty();
            assertThat(caller.getFieldValue("X-Request-Id")).matches("[0-9a-f]{32}");
            assertThat(caller.getFieldValue("Authorization")).isEqualTo("Bearer theirs");
        });
    }

    private WebSocket connect(String url) throws Exception {
        return http.newWebSocketBuilder().buildAsync(URI.create(url), new Ear()).get(10, TimeUnit.SECONDS);
    }

    private final class Ear implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            heard.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            audio.addAndGet(data.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            over = true;
            return null;
        }
    }
}
