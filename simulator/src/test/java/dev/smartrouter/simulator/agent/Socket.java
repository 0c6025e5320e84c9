package dev.smartrouter.simulator.agent;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider's end of a media socket, by hand. */
final class Socket implements AutoCloseable {
    /** The socket ended without a close frame. */
    static final int BROKEN = 1006;

    private static final HttpClient http = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private Socket(URI uri) {
        socket = http.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(uri, new Listener())
                .join();
    }

    static Socket open(URI gateway, String path) {
        return new Socket(gateway.resolve(path));
    }

    /** The status of the refusal. */
    static int refused(URI gateway, String path) {
        try (var socket = open(gateway, path)) {
            throw new AssertionError("not refused: " + socket);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                return refusal.getResponse().statusCode();
            }
            throw e;
        }
    }

    Socket says(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    List<String> heard() {
        return heard;
    }

    /** Its code, or {@link #BROKEN}; not completed while the socket is open. */
    CompletableFuture<Integer> closed() {
        return closed;
    }

    /** As when the caller hangs up. */
    void goodbye() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "hung up").join();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                heard.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(BROKEN);
        }
    }
}
