package dev.smartrouter.simulator.scenario;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A day: what there is at its start, who calls, what goes wrong, and what may come of it.
 *
 * @param name of its file, without the ending
 * @param about one sentence, for people
 * @param lasts from the first moment in which a call may arrive to the last; talks go on until they end
 * @param merchants by id, in the order written
 * @param settings environment variables of the routers that are not as by default
 */
public record Scenario(
        String name,
        String about,
        Duration lasts,
        Routers routers,
        Agents agents,
        Tiers tiers,
        SequencedMap<String, Merchant> merchants,
        List<CallStream> calls,
        SortedMap<String, String> settings,
        List<Event> events,
        Expect expect) {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST_CALLS = 1_000_000;

    public Scenario {
        merchants = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(merchants));
        calls = List.copyOf(calls);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        events = List.copyOf(events);
        Times.positive("lasts", lasts);
        if (lasts.compareTo(LONGEST) > 0) throw new Wrong("lasts", "must be 24h or less, not " + Times.text(lasts));
        for (var merchant : merchants.entrySet()) {
            var place = Place.join("merchants", merchant.getKey());
            within(place, () -> merchant.getValue().check(merchant.getKey(), tiers));
        }
        if (calls.isEmpty()) throw new Wrong("calls", "must have at least one stream of calls");
        for (var i = 0; i < calls.size(); i++) check(Place.item("calls", i), calls.get(i), lasts, merchants);
        checkNumber(calls, lasts);
        var settingsGiven = settings;
        within("settings", () -> RouterSettings.check(settingsGiven));
        var unused = new Timeline(events, lasts, agents.replicas(), routers.count());
    }

    private static void check(String place, CallStream calls, Duration lasts, Map<String, Merchant> merchants) {
        within(place + ".arrive", () -> calls.arrive().checkOverBy(lasts));
        if (calls.merchants() == null) return;
        for (var id : calls.merchants().names()) {
            if (merchants.containsKey(id) || id.equals(CallStream.NO_MERCHANT)) continue;
            throw new Wrong(
                    Place.join(place + ".merchants", id),
                    "must be 'none' or one of the merchants " + merchants.keySet() + ", not '" + id + "'"
                            + Nearest.hint(id, merchants.keySet()));
        }
    }

    private static void checkNumber(List<CallStream> calls, Duration lasts) {
        var expected = calls.stream()
                .mapToDouble(stream -> stream.arrive().expected(lasts))
                .sum();
        if (expected > MOST_CALLS) {
            throw new Wrong("calls", "must be " + MOST_CALLS + " calls or fewer, not about " + Math.round(expected));
        }
    }

    private static void within(String place, Runnable check) {
        try {
            check.run();
        } catch (Wrong e) {
            throw e.under(place);
        }
    }

    /** How often each merchant calls in a stream that does not say; {@link CallStream#NO_MERCHANT} if there is none. */
    Weights merchantWeights() {
        var weights = new TreeMap<String, Double>();
        merchants.forEach((id, merchant) -> weights.put(id, merchant.share()));
        var nobody = weights.values().stream().allMatch(weight -> weight == 0);
        return nobody ? Weights.of(Map.of(CallStream.NO_MERCHANT, 1.0)) : new Weights(weights);
    }

    /**
     * The router's settings in this story told faster: its own, and every duration of the router that belongs to the
     * story divided by the speed, as far as the router allows.
     *
     * @param speed from 1 to 100
     */
    public SortedMap<String, String> settingsScaled(double speed) {
        return RouterSettings.scaled(settings, speed);
    }
}
