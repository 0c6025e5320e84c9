package dev.smartrouter.loadtest;

import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CarrierSettings;
import dev.smartrouter.simulator.provider.Letters;
import dev.smartrouter.simulator.provider.Telephony;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Calls without end: of the three providers in turn, for merchants of every kind, ended by every path, and as long as
 * phone calls are, which is many short ones and a few long ones.
 */
final class Calls implements Iterator<Map<String, Object>> {
    /** Of the normal distribution; the 95th percentile of the lengths is three times the median. */
    private static final double SPREAD = Math.log(3) / 1.6448536269514722;

    /** Nobody in particular; one with pods of its own; one that begins at the shared tier; one that nobody knows. */
    private static final List<String> MERCHANTS = List.of("", "9shines", "acme", "bluebird");

    private final Map<Telephony, Letters> letters = new EnumMap<>(Telephony.class);
    private final String run = "LT" + Long.toString(System.currentTimeMillis(), 36) + "-";
    private final SplittableRandom random = new SplittableRandom();
    private final Duration median;
    private int count;

    /** @param median half of the calls are shorter */
    Calls(CarrierSettings.Signing signing, Duration median) {
        for (var telephony : Telephony.values()) letters.put(telephony, new Letters(telephony, signing));
        this.median = median;
    }

    /** What the sids of all of these begin with, and nobody else's. */
    String run() {
        return run;
    }

    /** How many calls live at a time, on average, if as many a second are placed. */
    static double erlangs(double callsPerSecond, Duration median) {
        return callsPerSecond * median.toMillis() / 1000 * Math.exp(SPREAD * SPREAD / 2);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Map<String, Object> next() {
        return Map.of(Call.KEY, place());
    }

    private synchronized Call place() {
        var n = count++;
        var telephony = Telephony.values()[n % 3];
        var plan = new CallPlan(
                run + n,
                telephony,
                MERCHANTS.get(n / 9 % MERCHANTS.size()),
                Duration.ZERO,
                CallPlan.Fate.TALKS,
                length(),
                false,
                0,
                Duration.ZERO,
                true);
        var by = Objects.requireNonNull(letters.get(telephony));
        return new Call(plan, by, by.webhook(plan), Call.Ending.values()[n / 3 % 3]);
    }

    /** Log-normal, at most ten times the median. */
    private Duration length() {
        var millis = median.toMillis() * Math.exp(SPREAD * random.nextGaussian());
        return Duration.ofMillis(Math.max(1, Math.min((long) millis, 10 * median.toMillis())));
    }
}
