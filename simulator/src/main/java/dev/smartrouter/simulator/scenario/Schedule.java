package dev.smartrouter.simulator.scenario;

import dev.smartrouter.simulator.provider.CallPlan;
import java.time.Duration;
import java.util.List;

/** All that will happen, in the order of time. A scenario and a seed make one, always the same. */
public record Schedule(List<CallPlan> calls, List<Happening> happenings) {
    public Schedule {
        calls = List.copyOf(calls);
        happenings = List.copyOf(happenings);
    }

    /** @param at from the start of the story */
    public record Happening(Duration at, Deed deed) {}
}
