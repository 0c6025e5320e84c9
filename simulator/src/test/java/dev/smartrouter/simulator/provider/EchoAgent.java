package dev.smartrouter.simulator.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;

/** An agent that gives back what it hears, in the caller's protocol, or does something worse. */
final class EchoAgent extends WebSocketServer implements AutoCloseable {
    /** What it does with the fifth frame and all after it; before, it echoes. */
    enum Manner {
        ECHOES,
        HANGS_UP,
        GOES_AWAY,
        CUTS,
        IS_MUTE,
        CONFUSES_STREAMS,
        CONFUSES_CALLERS,
        DAMAGES,
        BABBLES,
        SENDS_BINARY,
        SPEAKS_ITSELF,
        MARKS
    }

    private static final int FIFTH = 5;

    final Queue<String> paths = new ConcurrentLinkedQueue<>();
    final Queue<JsonNode> heard = new ConcurrentLinkedQueue<>();
    final AtomicInteger refusals = new AtomicInteger();
    volatile Manner manner = Manner.ECHOES;
    private final CountDownLatch started = new CountDownLatch(1);

    private EchoAgent() {
        super(new InetSocketAddress("127.0.0.1", 0), 2);
        setReuseAddr(true);
        setTcpNoDelay(true);
        setConnectionLostTimeout(0);
    }

    static EchoAgent started() throws InterruptedException {
        var agent = new EchoAgent();
        agent.start();
        if (!agent.started.await(10, TimeUnit.SECONDS)) throw new IllegalStateException("the echo did not start");
        return agent;
    }

    URI uri(String pod, String sid) {
        return URI.create("ws://127.0.0.1:" + getPort() + "/ws/pod/" + pod + "/" + sid);
    }

    List<String> events() {
        return heard.stream().map(message -> message.path("event").asText()).toList();
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
        if (refusals.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) throw new InvalidDataException(1008, "no");
        return super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
        paths.add(handshake.getResourceDescriptor());
        socket.setAttachment(0);
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        try {
            var message = Json.read(text);
            if (!message.path("event").asText().equals("media")) {
                heard.add(message);
                return;
            }
            var frames = socket.<Integer>getAttachment() + 1;
            socket.setAttachment(frames);
            if (frames == 1) heard.add(message);
            hear(socket, message, frames < FIFTH && manner != Manner.IS_MUTE ? Manner.ECHOES : manner);
        } catch (Exception e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static void hear(WebSocket socket, JsonNode message, Manner manner) {
        var payload = message.path("media").path("payload").asText();
        switch (manner) {
            case ECHOES -> socket.send(audio(message, payload));
            case HANGS_UP -> socket.close(1000);
            case GOES_AWAY -> socket.close(1001);
            case CUTS -> socket.closeConnection(1006, "");
            case IS_MUTE -> {}
            case CONFUSES_STREAMS ->
                socket.send("{\"event\":\"clear\",\"streamSid\":\"x\",\"streamId\":\"x\",\"stream_sid\":\"x\"}");
            case CONFUSES_CALLERS -> socket.send(audio(message, new Audio("other", 3200).frame(1)));
            case DAMAGES -> socket.send(audio(message, payload.substring(0, payload.length() - 8) + "AAAAAAA="));
            case BABBLES -> socket.send("hello?");
            case SENDS_BINARY -> socket.send(new byte[] {1});
            case SPEAKS_ITSELF -> socket.send(audio(message, "A".repeat(payload.length() / 4 * 4 - 4) + "AAA="));
            case MARKS -> {
                socket.send(audio(message, payload));
                socket.send(mark(message));
            }
        }
    }

    private static String audio(JsonNode message, String payload) {
        var plain = Map.of("payload", payload);
        if (message.has("streamSid")) {
            return Json.write(Map.of(
                    "event", "media", "streamSid", message.path("streamSid").asText(), "media", plain));
        }
        if (message.has("stream_sid")) {
            return Json.write(Map.of(
                    "event", "media", "stream_sid", message.path("stream_sid").asText(), "media", plain));
        }
        var media = Map.of("contentType", "audio/x-mulaw", "sampleRate", 8000, "payload", payload);
        return Json.write(Map.of("event", "playAudio", "media", media));
    }

    private static String mark(JsonNode message) {
        var name = Map.of("name", "m1");
        if (message.has("streamSid")) {
            return Json.write(Map.of(
                    "event", "mark", "streamSid", message.path("streamSid").asText(), "mark", name));
        }
        if (message.has("stream_sid")) {
            return Json.write(Map.of(
                    "event", "mark", "stream_sid", message.path("stream_sid").asText(), "mark", name));
        }
        return Json.write(Map.of(
                "event", "checkpoint", "streamId", message.path("streamId").asText(), "name", "m1"));
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

    @Override
    public void onError(WebSocket socket, Exception error) {}

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void close() throws InterruptedException {
        stop(1000);
    }
}
