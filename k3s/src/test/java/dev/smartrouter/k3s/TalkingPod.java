package dev.smartrouter.k3s;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** A voice agent that says its name before each text it hears, and gives audio back as it came. */
final class TalkingPod implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Queue<ClientHandshake> callers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final WebSocketServer server;

    private TalkingPod(String name, InetSocketAddress address) {
        this.name = name;
        this.server = new Server(address);
    }

    static TalkingPod start(String name, InetSocketAddress address) {
        var pod = new TalkingPod(name, address);
        pod.server.setReuseAddr(true);
        pod.server.start();
        try {
            if (!pod.started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not listen on " + address);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return pod;
    }

    /** Each handshake it had. */
    Queue<ClientHandshake> callers() {
        return callers;
    }

    @Override
    public void close() {
        try {
            server.stop(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Server extends WebSocketServer {
        Server(InetSocketAddress address) {
            super(address, 1);
            setDaemon(true);
        }

        @Override
        public void onStart() {
            started.countDown();
        }

        @Override
        public void onOpen(WebSocket caller, ClientHandshake handshake) {
            callers.add(handshake);
        }

        @Override
        public void onMessage(WebSocket caller, String text) {
            caller.send(name + " heard " + text);
        }

        @Override
        public void onMessage(WebSocket caller, ByteBuffer audio) {
            caller.send(audio);
        }

        @Override
        public void onClose(WebSocket caller, int code, String reason, boolean remote) {}

        @Override
        public void onError(WebSocket caller, Exception e) {}
    }
}
