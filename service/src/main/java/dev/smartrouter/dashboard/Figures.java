package dev.smartrouter.dashboard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What this router answered in each of the last five minutes' seconds, and how fast. */
public final class Figures {
    static final int SECONDS = 300;

    private final InstantSource clock;
    private final @Nullable Second[] ring = new Second[SECONDS];

    public Figures(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One second, over and done.
     *
     * @param at seconds since the epoch
     * @param halfWithin ms in which half of the answers were given; null if there was none
     * @param mostWithin ms in which 99 of 100 were
     */
    record Point(
            long at,
            int allocated,
            int refused,
            @Nullable Double halfWithin,
            @Nullable Double mostWithin) {}

    synchronized void allocated() {
        now().allocated++;
    }

    synchronized void refused() {
        now().refused++;
    }

    public synchronized void answeredIn(Duration time) {
        now().times.add(time);
    }

    /** The seconds that are over, from the one after this on; the oldest first, five minutes at most. */
    synchronized List<Point> after(long second) {
        var now = clock.instant().getEpochSecond();
        return LongStream.range(Math.max(second, now - SECONDS) + 1, now)
                .mapToObj(this::point)
                .toList();
    }

    private Point point(long at) {
        var second = ring[slot(at)];
        if (second == null || second.at != at) return new Point(at, 0, 0, null, null);
        return new Point(at, second.allocated, second.refused, second.times.within(0.5), second.times.within(0.99));
    }

    private Second now() {
        var at = clock.instant().getEpochSecond();
        var second = ring[slot(at)];
        if (second == null || second.at != at) ring[slot(at)] = second = new Second(at);
        return second;
    }

    private static int slot(long second) {
        return Math.floorMod(second, SECONDS);
    }

    private static final class Second {
        final long at;
        final Times times = new Times();
        int allocated;
        int refused;

        Second(long at) {
            this.at = at;
        }
    }
}
