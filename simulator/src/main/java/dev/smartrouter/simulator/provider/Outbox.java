package dev.smartrouter.simulator.provider;

import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/** What waits to be sent on a socket, which takes one message at a time. Nobody who sends ever waits. */
final class Outbox {
    /** A line keeps no more than a second or so for an agent that does not read. */
    private static final int LIMIT = 50;

    private final WebSocket socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private boolean busy;

    Outbox(WebSocket socket) {
        this.socket = socket;
    }

    boolean isFull() {
        lock.lock();
        try {
            return waiting.size() >= LIMIT;
        } finally {
            lock.unlock();
        }
    }

    void send(String message) {
        lock.lock();
        try {
            waiting.add(message);
            pump();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the socket from this side, after what the socket has taken. */
    void close() {
        var unused = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
    }

    /** Cuts the connection. */
    void cut() {
        socket.abort();
    }

    /** With the lock held. */
    private void pump() {
        while (!busy && !waiting.isEmpty()) {
            busy = true;
            var unused = socket.sendText(waiting.remove(), true).whenComplete((done, failure) -> sent(failure == null));
        }
    }

    /** Of a failure the socket's listener hears; nothing more is sent then. */
    private void sent(boolean well) {
        lock.lock();
        try {
            busy = !well;
            pump();
        } finally {
            lock.unlock();
        }
    }
}
