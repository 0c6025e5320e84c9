package dev.smartrouter.simulator.fault;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection through a proxy: two sockets, and a thread for each direction between them. */
final class Wire {
    private static final int PIECE = 64 * 1024;

    private final Socket near;
    private final Socket far;
    private final Faults faults;
    private final Framing.Talk talk;
    private final Lane there;
    private final Lane back;
    private final Consumer<Wire> whenOver;
    private @Nullable Thread sending;
    private @Nullable Thread answering;

    /** Exchanges begun here; written by the thread that sends. */
    private long begun;

    /** Where this connection breaks, and in which of its exchanges. */
    private volatile Optional<CrashPoint> point = Optional.empty();

    private volatile long doomed;

    /** True once a reply was lost: the next one would be taken for it. */
    private volatile boolean deaf;

    private int passed;

    Wire(Socket near, Socket far, Faults faults, Framing framing, Consumer<Wire> whenOver) {
        this.near = near;
        this.far = far;
        this.faults = faults;
        this.talk = framing.talk();
        this.there = new Lane(far, faults::there, faults);
        this.back = new Lane(near, faults::back, faults);
        this.whenOver = whenOver;
    }

    synchronized void start() {
        sending = Thread.ofVirtual().name("wire-there").start(this::send);
        answering = Thread.ofVirtual().name("wire-back").start(this::answer);
        Thread.ofVirtual().start(this::awaitEnd);
    }

    /** Both ends see it broken; what was under way is lost. */
    synchronized void cut() {
        for (var socket : new Socket[] {near, far}) {
            try {
                socket.setSoLinger(true, 0); // a reset, not a farewell
            } catch (IOException e) {
                // closed already
            }
            close(socket);
        }
        if (sending != null) sending.interrupt();
        if (answering != null) answering.interrupt();
        there.interrupt();
        back.interrupt();
    }

    private void send() {
        var bytes = new byte[PIECE];
        try {
            var in = near.getInputStream();
            for (var n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                var whole = until(bytes, n);
                there.write(bytes, 0, whole);
                if (whole < n || isToBreak(CrashPoint.Where.AFTER)) {
                    deaf = true;
                    close(near);
                    break; // what it was sent the server gets whole, and its replies go nowhere
                }
            }
            there.finish();
        } catch (IOException | InterruptedException e) {
            cut();
        }
    }

    /** How much of what is sent passes, counting the exchanges that begin in it. */
    private int until(byte[] bytes, int n) {
        var at = 0;
        while (at < n) {
            if (talk.begins()) {
                begun++;
                var breaks = faults.begin();
                if (breaks.isPresent()) {
                    if (breaks.get().where() == CrashPoint.Where.BEFORE) return at;
                    doomed = begun;
                    point = breaks;
                }
            }
            at = talk.sent(bytes, at, n);
            if (talk.isSent() && isToBreak(CrashPoint.Where.AFTER)) return at;
        }
        return n;
    }

    private void answer() {
        var bytes = new byte[PIECE];
        try {
            var in = far.getInputStream();
            for (var n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                if (!deaf && !pass(bytes, n)) {
                    deaf = true;
                    back.finish();
                    close(near);
                }
            }
            back.finish();
        } catch (IOException | InterruptedException e) {
            cut();
        }
    }

    /** @return false if the client gets no more */
    private boolean pass(byte[] bytes, int n) throws IOException, InterruptedException {
        var replies = faults.replies();
        if (replies == Faults.Replies.DROP) deaf = true;
        if (replies == Faults.Replies.DROP_AND_CUT) return false;
        if (deaf) return true;
        var written = 0;
        for (var at = 0; at < n; ) {
            var exchange = talk.answering();
            var end = talk.answered(bytes, at, n);
            if (exchange == doomed && point.isPresent()) {
                var lost = point.get().where() == CrashPoint.Where.REPLY_LOST;
                var most = lost ? 0 : point.get().bytes() - passed;
                var some = Math.min(end - at, most);
                passed += some;
                if (talk.isAnswered() || (!lost && some == most)) {
                    back.write(bytes, written, at + some);
                    return false;
                }
                if (lost) {
                    back.write(bytes, written, at);
                    written = end;
                }
            }
            at = end;
        }
        back.write(bytes, written, n);
        return true;
    }

    private boolean isToBreak(CrashPoint.Where where) {
        return point.filter(p -> p.where() == where).isPresent() && talk.isSent();
    }

    private void awaitEnd() {
        try {
            if (sending != null) sending.join();
            if (answering != null) answering.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(near);
        close(far);
        whenOver.accept(this);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is as good as closed
        }
    }
}
