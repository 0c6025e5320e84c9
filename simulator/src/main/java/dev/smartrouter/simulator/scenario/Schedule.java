package dev.smartrouter.simulator.scenario;

import dev.smartrouter.simulator.provider.CallPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that will happen, in the order of time. A scenario and a seed make one, always the same. */
public record Schedule(List<CallPlan> calls, List<Happening> happenings) {
    public Schedule {
        calls = List.copyOf(calls);
        happenings = List.copyOf(happenings);
    }

    /** @param at from the start of the story */
    public record Happening(Duration at, Deed deed) {}

    /** The same on every machine. A change of the events leaves the calls as they are, and the other way round. */
    public static Schedule of(Scenario scenario, long seed) {
        var calls = new ArrayList<CallPlan>();
        for (var i = 0; i < scenario.calls().size(); i++) {
            var stream = scenario.calls().get(i);
            var merchants = stream.merchants() == null ? scenario.merchantWeights() : stream.merchants();
            calls.addAll(new CallSheet(stream, merchants, seed, i).calls(scenario.lasts()));
        }
        calls.sort(Comparator.comparing(CallPlan::at).thenComparing(CallPlan::sid));
        var timeline = new Timeline(
                scenario.events(),
                scenario.lasts(),
                scenario.agents().replicas(),
                scenario.routers().count());
        return new Schedule(calls, timeline.happenings(seed));
    }

    /**
     * The same story told faster: every time and length divided, down to 50 ms between duplicates.
     *
     * @param speed from 1 to 100
     */
    public Schedule scaled(double speed) {
        var pace = new Pace(speed);
        return new Schedule(
                calls.stream().map(pace::of).toList(),
                happenings.stream().map(pace::of).toList());
    }
}
