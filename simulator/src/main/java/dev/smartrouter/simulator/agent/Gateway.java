package dev.smartrouter.simulator.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port that leads to all pods by a request's path, as nginx does in a cluster. A path without a pod that serves is
 * refused with 404 before there is a socket (the library knows no 502), never led to another pod.
 */
final class Gateway extends WebSocketServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final int WORKERS = 2;
    private static final int BACKLOG = 1_024;
    private static final int PATIENCE_MS = 1_000;

    private final Function<String, Optional<AgentPod>> pods;
    private final CompletableFuture<Void> listening = new CompletableFuture<>();

    /** @param address its port 0 takes a free one */
    Gateway(InetSocketAddress address, Function<String, Optional<AgentPod>> pods) {
        super(
                address,
                WORKERS,
                List.of(new AgentDraft(target ->
                        pod(target, pods).filter(pod -> pod.stall().stalled()).isPresent())));
        this.pods = pods;
        setTcpNoDelay(true);
        setReuseAddr(true);
        setMaxPendingConnections(BACKLOG);
        setConnectionLostTimeout(0); // media is a pulse of its own
        setDaemon(true);
    }

    /** @throws UncheckedIOException if the port cannot be had */
    void listen() {
        try {
            refuseIfTaken();
            start();
            listening.join();
        } catch (IOException | CompletionException e) {
            var why = new IOException(e);
            throw new UncheckedIOException(
                    "the agents' gateway cannot listen on port " + getPort() + ": end what does, or choose another",
                    why);
        }
    }

    /** The library finds out in a thread of its own, and fills the log with it. */
    private void refuseIfTaken() throws IOException {
        try (var probe = new ServerSocket()) {
            probe.bind(getAddress());
        }
    }

    private static Optional<AgentPod> pod(String target, Function<String, Optional<AgentPod>> pods) {
        return MediaPath.parse(target).flatMap(path -> pods.apply(path.pod())).filter(AgentPod::serving);
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
        if (pod(request.getResourceDescriptor(), pods).isEmpty()) {
            throw new InvalidDataException(CloseFrame.REFUSE, "no such pod");
        }
        return super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake request) {
        var path = MediaPath.parse(request.getResourceDescriptor());
        var pod = pod(request.getResourceDescriptor(), pods);
        // It may have died since the handshake.
        if (path.isEmpty()
                || pod.isEmpty()
                || !joined(socket, pod.get(), path.get().sid())) {
            socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "no such pod");
        }
    }

    private static boolean joined(WebSocket socket, AgentPod pod, String sid) {
        var call = new MediaCall(pod, sid, socket);
        socket.setAttachment(call);
        if (!pod.join(call)) return false;
        if (!socket.isOpen()) pod.leave(call); // it was closed by another thread before it had joined
        return true;
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        MediaCall call = socket.getAttachment();
        if (call != null) call.hears(text);
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
        MediaCall call = socket.getAttachment();
        if (call != null) call.pod().leave(call);
    }

    @Override
    public void onError(@Nullable WebSocket socket, Exception error) {
        if (socket == null) listening.completeExceptionally(error);
        log.debug("on {}", socket, error);
    }

    @Override
    public void onStart() {
        listening.complete(null);
    }

    /** Says goodbye to whoever is left, and waits until its threads have ended. */
    @Override
    public void close() {
        try {
            stop(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
