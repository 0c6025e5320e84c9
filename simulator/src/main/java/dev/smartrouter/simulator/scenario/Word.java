package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What an event's {@code do} may say, which arguments it takes, and the deed it stands for. */
@SuppressWarnings("ImmutableEnumChecker") // functions that hold nothing, and a list that cannot change
public enum Word {
    KILL_POD(on -> new Deed.KillPod(on.pod), "pod"),
    CRASH_POD(on -> new Deed.CrashPod(on.pod), "pod"),
    HANG_POD(on -> new Deed.HangPod(on.pod, on.lasts), "pod", "lasts"),
    UNREADY_POD(on -> new Deed.UnreadyPod(on.pod, on.lasts), "pod", "lasts"),
    DRAIN_POD(on -> new Deed.DrainPod(on.pod), "pod"),
    UNDRAIN_POD(on -> new Deed.UndrainPod(on.pod), "pod"),
    SCALE_AGENTS(on -> new Deed.ScaleAgents(on.replicas), "replicas"),
    ROLL_AGENTS(on -> new Deed.RollAgents()),
    ROLL_ROUTERS(on -> new Deed.RollRouters()),
    KILL_ROUTER(on -> new Deed.KillRouter(on.router), "router"),
    KILL_LEADER(on -> new Deed.KillLeader()),
    PAUSE_ROUTER(on -> new Deed.PauseRouter(on.router, on.lasts), "router", "lasts"),
    CUT_KUBERNETES(on -> new Deed.CutKubernetes(on.lasts), "lasts"),
    FLUSH_REDIS(on -> new Deed.FlushRedis()),
    RESTART_REDIS(on -> new Deed.RestartRedis()),
    FREEZE_REDIS(on -> new Deed.FreezeRedis(on.lasts), "lasts"),
    SLOW_REDIS(on -> new Deed.SlowRedis(on.by, on.lasts), "by", "lasts"),
    CUT_REDIS(on -> new Deed.CutRedis()),
    DROP_REPLIES(on -> new Deed.DropReplies(on.lasts), "lasts"),
    AGENTS_FORGET(on -> new Deed.AgentsForget(on.lasts), "lasts"),
    SET_TIERS(on -> new Deed.SetTiers(on.tiers), "tiers");

    private final Function<Arguments, Deed> deed;
    private final List<String> takes;

    Word(Function<Arguments, Deed> deed, String... takes) {
        this.deed = deed;
        this.takes = List.of(takes);
    }

    /** What a deed may need to know; what its word does not take is nothing in particular. */
    record Arguments(int pod, int router, int replicas, Duration lasts, Duration by, String tiers) {}

    @JsonCreator
    static Word of(String written) {
        return Arrays.stream(values())
                .filter(word -> word.toString().equals(written))
                .findFirst()
                .orElseThrow(() -> new Wrong("", "must be something that can be done, not '" + written + "'"));
    }

    Deed deed(Arguments on) {
        return deed.apply(on);
    }

    /** The keys of its arguments; it needs each of them. */
    public List<String> takes() {
        return takes;
    }

    /** As it is written: {@code kill-pod}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
