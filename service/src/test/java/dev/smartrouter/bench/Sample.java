package dev.smartrouter.bench;

import java.util.Arrays;

/** What callers saw in a while: how many answers of which kind, and how long they took. */
final class Sample {
    private final Times allocated = new Times();
    private final Times released = new Times();
    private final Times refused = new Times();
    private int other;
    private int waiting;
    private double seconds;

    void add(boolean releasing, int status, long nanos) {
        if (status == 200) (releasing ? released : allocated).add(nanos);
        else if (status == 503) refused.add(nanos);
        else other++;
    }

    void took(long nanos) {
        seconds = nanos / 1e9;
    }

    /** Calls that were due and found no connection. */
    void waiting(int calls) {
        waiting = calls;
    }

    int waiting() {
        return waiting;
    }

    double seconds() {
        return seconds;
    }

    /** Answers of any kind. */
    int answers() {
        return allocated.count + released.count + refused.count + other;
    }

    /** Answers that were neither 200 nor 503. */
    int faults() {
        return other;
    }

    double perSecond() {
        return answers() / seconds;
    }

    double allocatedPerSecond() {
        return allocated.count / seconds;
    }

    double refusedPerSecond() {
        return refused.count / seconds;
    }

    /** The time in ms within which this share of all 200s came. */
    double served(double share) {
        return Times.of(allocated, released).quantile(share);
    }

    /** The time in ms within which this share of all pods was given. */
    double allocated(double share) {
        return allocated.quantile(share);
    }

    /** The time in ms within which this share of all 503s came. */
    double refused(double share) {
        return refused.quantile(share);
    }

    private static final class Times {
        private int[] micros = new int[1 << 12];
        private int count;

        void add(long nanos) {
            if (count == micros.length) micros = Arrays.copyOf(micros, 2 * count);
            micros[count++] = (int) (nanos / 1_000);
        }

        static Times of(Times one, Times other) {
            var both = new Times();
            both.micros = Arrays.copyOf(one.micros, one.count + other.count + 1);
            System.arraycopy(other.micros, 0, both.micros, one.count, other.count);
            both.count = one.count + other.count;
            return both;
        }

        double quantile(double share) {
            if (count == 0) return Double.NaN;
            var sorted = Arrays.copyOf(micros, count);
            Arrays.sort(sorted);
            return sorted[Math.min(count - 1, (int) (share * count))] / 1e3;
        }
    }
}
