package dev.smartrouter.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Callers on keep-alive connections, all on the thread that runs them and as cheap as can be, because they share the
 * machine with what they measure. A caller asks for a pod, releases it, and is then anew another caller.
 */
final class Callers implements AutoCloseable {
    private final Route route;
    private final Selector selector;
    private final List<Line> lines = new ArrayList<>();
    private final Deque<Line> idle = new ArrayDeque<>();
    private Sample sample = new Sample();
    private long nextCall;
    private boolean closedLoop;

    /** @param firstCall where the numbers of its calls begin, which no two share */
    Callers(InetSocketAddress server, Route route, int connections, long firstCall) {
        this.route = route;
        this.nextCall = firstCall;
        try {
            selector = Selector.open();
            for (int i = 0; i < connections; i++) lines.add(new Line(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        idle.addAll(lines);
    }

    /** Every connection is always in use: as much as the server gives. */
    Sample atFullSpeed(Duration howLong) {
        closedLoop = true;
        var start = begin();
        while (!idle.isEmpty()) idle.poll().ask(System.nanoTime());
        while (System.nanoTime() - start < howLong.toNanos()) turn(100);
        return end(start);
    }

    /** So many calls a second, whether or not the server keeps up; each is timed from when it was due. */
    Sample atRate(double callsPerSecond, Duration howLong) {
        closedLoop = false;
        var start = begin();
        var gap = 1e9 / callsPerSecond;
        var due = new ArrayDeque<Long>();
        for (long made = 0; System.nanoTime() - start < howLong.toNanos(); ) {
            for (var now = System.nanoTime(); start + (long) (made * gap) <= now; made++)
                due.add(start + (long) (made * gap));
            while (!idle.isEmpty() && !due.isEmpty()) idle.poll().ask(due.poll());
            turn(1);
        }
        sample.waiting(due.size());
        return end(start);
    }

    private long begin() {
        sample = new Sample();
        return System.nanoTime();
    }

    /** Nobody else comes; those who are there finish. */
    private Sample end(long start) {
        sample.took(System.nanoTime() - start);
        var done = sample;
        sample = new Sample(); // what comes after the time is nobody's figure
        closedLoop = false;
        var patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (idle.size() < lines.size()) {
            if (System.nanoTime() > patience) throw new IllegalStateException("a request has no answer after 10 s");
            turn(10);
        }
        return done;
    }

    private void turn(long millis) {
        try {
            selector.select(key -> ((Line) key.attachment()).hear(), millis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (var line : lines) line.channel.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection and the call that is on it. */
    private final class Line {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(8192);
        private long call;
        private boolean releasing;
        private long sentNanos;

        Line(InetSocketAddress server) throws IOException {
            channel = SocketChannel.open(server);
            channel.socket().setTcpNoDelay(true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void ask(long dueNanos) {
            call = nextCall++;
            releasing = false;
            send(route.ask(call), dueNanos);
        }

        private void release() {
            releasing = true;
            send(route.release(call), System.nanoTime());
        }

        private void send(ByteBuffer request, long nanos) {
            sentNanos = nanos;
            try {
                while (request.hasRemaining()) channel.write(request); // far less than a socket's buffer
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void hear() {
            try {
                if (channel.read(in) < 0) throw new EOFException("the server hung up");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var status = Answers.status(in);
            if (status == 0) return;
            in.clear();
            sample.add(releasing, status, System.nanoTime() - sentNanos);
            if (!releasing && status == 200) release();
            else if (closedLoop) ask(System.nanoTime());
            else idle.add(this);
        }
    }
}
