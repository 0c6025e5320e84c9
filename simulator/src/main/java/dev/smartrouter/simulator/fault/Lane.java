package dev.smartrouter.simulator.fault;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection. What is written goes out at once; while there is a delay, each piece goes out that much
 * after it came, in order, and meanwhile more is taken in. Written by one thread.
 */
final class Lane {
    /** Bytes under way in a delayed lane; beyond that it takes in no more. */
    private static final int ROOM = 4 * 1024 * 1024;

    private record Piece(byte[] bytes, long due, boolean last) {}

    private final Socket to;
    private final Supplier<Duration> delay;
    private final Faults faults;
    private final LinkedBlockingQueue<Piece> held = new LinkedBlockingQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Semaphore room = new Semaphore(ROOM);
    private long lastDue = Long.MIN_VALUE;
    private volatile @Nullable Thread carrier;

    Lane(Socket to, Supplier<Duration> delay, Faults faults) {
        this.to = to;
        this.delay = delay;
        this.faults = faults;
    }

    /** Waits while it is frozen, or has too much under way. */
    void write(byte[] bytes, int from, int until) throws IOException, InterruptedException {
        if (from == until) return;
        if (isDirect()) {
            faults.awaitThaw();
            to.getOutputStream().write(bytes, from, until - from);
        } else {
            room.acquire(until - from);
            hold(Arrays.copyOfRange(bytes, from, until), false);
        }
    }

    /** The reader at the other end sees that no more comes, once it has all of it. */
    void finish() throws IOException, InterruptedException {
        var still = carrier;
        if (still == null) {
            faults.awaitThaw();
            to.shutdownOutput();
        } else {
            hold(new byte[0], true); // also where nothing is under way: it waits for more
            still.join();
        }
    }

    void interrupt() {
        var still = carrier;
        if (still != null) still.interrupt();
    }

    /** Nothing may overtake what is under way. */
    private boolean isDirect() {
        return delay.get().isZero() && underWay.get() == 0;
    }

    private void hold(byte[] bytes, boolean last) {
        lastDue = Math.max(lastDue, System.nanoTime() + delay.get().toNanos());
        underWay.incrementAndGet();
        held.add(new Piece(bytes, lastDue, last));
        if (carrier == null) carrier = Thread.ofVirtual().name("lane").start(this::carry);
    }

    private void carry() {
        try {
            while (true) {
                var piece = held.take();
                awaitTime(piece.due);
                faults.awaitThaw();
                if (piece.last) {
                    to.shutdownOutput();
                    return;
                }
                to.getOutputStream().write(piece.bytes);
                room.release(piece.bytes.length);
                underWay.decrementAndGet();
            }
        } catch (IOException | InterruptedException e) {
            Wire.close(to); // nobody else would notice
        }
    }

    private static void awaitTime(long due) throws InterruptedException {
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) throw new InterruptedException();
        }
    }
}
