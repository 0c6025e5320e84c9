package dev.smartrouter.dashboard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long things took, however many they were: counted in steps, each a tenth wider than the one before. */
final class Times {
    private static final double STEP = Math.log(1.1);
    private static final double LEAST_MS = 0.1;
    private static final int STEPS = 128; // the last is about 20 s

    private final int[] counts = new int[STEPS];
    private int all;

    void add(Duration time) {
        counts[step(time.toNanos() / 1e6)]++;
        all++;
    }

    /** In how many ms this share of them was done, to a tenth; null if there was none. */
    @Nullable
    Double within(double share) {
        if (all == 0) return null;
        var wanted = Math.max(1, (long) Math.ceil(share * all));
        int step = 0;
        for (long seen = counts[0]; seen < wanted; seen += counts[step]) step++;
        return Math.round(LEAST_MS * Math.exp(step * STEP) * 100) / 100.0;
    }

    private static int step(double ms) {
        return (int) Math.min(STEPS - 1, Math.max(0, Math.ceil(Math.log(ms / LEAST_MS) / STEP)));
    }
}
