package dev.smartrouter.simulator.scenario;

import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.scenario.Schedule.Happening;
import java.time.Duration;

/** How much faster than written a story is told. */
record Pace(double speed) {
    /** Any sooner, and a duplicate would overtake the webhook that it repeats. */
    private static final Duration SHORTEST_APART = Duration.ofMillis(50);

    /** Any shorter, and neither side would hear a frame of the other's: Exotel's holds 200 ms. */
    private static final Duration SHORTEST_TALK = Duration.ofSeconds(1);

    Pace {
        if (!(speed >= 1 && speed <= 100))
            throw new IllegalArgumentException("speed must be from 1 to 100, not " + speed);
    }

    Duration of(Duration story) {
        return Duration.ofNanos(Math.round(story.toNanos() / speed));
    }

    private Duration atLeast(Duration least, Duration story) {
        var told = of(story);
        return told.compareTo(least) < 0 && least.compareTo(story) < 0 ? least : told;
    }

    CallPlan of(CallPlan call) {
        var apart = of(call.duplicateAfter());
        return new CallPlan(
                call.sid(),
                call.telephony(),
                call.merchant(),
                of(call.at()),
                call.fate(),
                atLeast(SHORTEST_TALK, call.talks()),
                call.agentHangsUp(),
                call.duplicates(),
                call.duplicates() > 0 && apart.compareTo(SHORTEST_APART) < 0 ? SHORTEST_APART : apart,
                call.statusCallback());
    }

    Happening of(Happening happening) {
        return new Happening(of(happening.at()), of(happening.deed()));
    }

    /** By how much Redis is slower stays: the router's patience with it is not of the story either. */
    private Deed of(Deed deed) {
        return switch (deed) {
            case Deed.HangPod(var pod, var lasts) -> new Deed.HangPod(pod, of(lasts));
            case Deed.UnreadyPod(var pod, var lasts) -> new Deed.UnreadyPod(pod, of(lasts));
            case Deed.PauseRouter(var router, var lasts) -> new Deed.PauseRouter(router, of(lasts));
            case Deed.CutKubernetes(var lasts) -> new Deed.CutKubernetes(of(lasts));
            case Deed.FreezeRedis(var lasts) -> new Deed.FreezeRedis(of(lasts));
            case Deed.SlowRedis(var by, var lasts) -> new Deed.SlowRedis(by, of(lasts));
            case Deed.DropReplies(var lasts) -> new Deed.DropReplies(of(lasts));
            case Deed.AgentsForget(var lasts) -> new Deed.AgentsForget(of(lasts));
            default -> deed;
        };
    }
}
