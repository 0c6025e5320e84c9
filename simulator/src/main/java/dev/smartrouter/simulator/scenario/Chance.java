package dev.smartrouter.simulator.scenario;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * A stream of random numbers that belongs to one concern, so that what one concern draws moves no other. Everything is
 * made from 64-bit draws by strict arithmetic: the same seed and name give the same numbers on every machine.
 */
final class Chance {
    private final SplittableRandom random;

    /** @param concern what the numbers are for, such as {@code calls/0/talk} */
    Chance(long seed, String concern) {
        var hash = 0xcbf29ce484222325L; // FNV-1a
        for (var octet : concern.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ octet) * 0x100000001b3L;
        this.random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ hash);
    }

    long bits() {
        return random.nextLong();
    }

    /** From 0 to below 1. */
    double fraction() {
        return (random.nextLong() >>> 11) * 0x1.0p-53;
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return (int) (fraction() * bound);
    }

    boolean happens(Share share) {
        return fraction() < share.fraction();
    }

    /** From the exponential distribution of mean 1. */
    double exponential() {
        return -StrictMath.log(1 - fraction());
    }

    /** From the standard normal distribution (Box and Muller's transform). */
    double normal() {
        return StrictMath.sqrt(2 * exponential()) * StrictMath.cos(2 * Math.PI * fraction());
    }
}
