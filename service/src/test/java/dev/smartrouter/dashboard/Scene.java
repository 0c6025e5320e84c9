package dev.smartrouter.dashboard;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.call.CallRequest;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pod.PodState;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.MirroredCall;
import dev.smartrouter.pool.Origin;
import dev.smartrouter.pool.Release;
import dev.smartrouter.pool.Standing;
import dev.smartrouter.pool.StoreUnavailableException;
import dev.smartrouter.pool.Upkeep.Seen;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A router's surroundings as a test sets them, at a time that the test sets. */
final class Scene {
    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    static final PoolName GOLD = new PoolName("pool:gold");

    final Map<String, Seen> pods = new LinkedHashMap<>();
    final Map<String, MirroredCall> live = new LinkedHashMap<>();
    Instant now = NOON;
    boolean storeAnswers = true;
    boolean storeFails;
    int looks;

    final InstantSource clock = () -> now;
    final Figures figures = new Figures(clock);
    final Stories stories = new Stories(
            live::values, figures, clock, () -> Duration.between(NOON, now).toNanos());
    final Sources sources = new Sources(
            "router-0",
            () -> storeAnswers,
            List::of,
            () -> Standing.unelected(true),
            () -> List.of(new LoopRow("audit", 10, 200)),
            () -> TierConfig.DEFAULT,
            live::values,
            this::panorama,
            Duration.ofMinutes(6));
    final Lookout lookout = new Lookout(sources, stories, clock);

    private Optional<Collection<Seen>> panorama() {
        looks++;
        if (storeFails) throw new StoreUnavailableException("frozen");
        return Optional.of(List.copyOf(pods.values()));
    }

    Scene later(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** @param says any of draining, not ready, terminating, held */
    Scene pod(String name, int calls, String... says) {
        var all = List.of(says);
        pods.put(
                name,
                new Seen(
                        new PodName(name),
                        GOLD,
                        PodState.AVAILABLE,
                        calls,
                        all.contains("draining"),
                        !all.contains("not ready"),
                        all.contains("terminating"),
                        all.contains("held"),
                        new Incarnation("uid/0", 1)));
        return this;
    }

    /** A call that the mirror has: since now. */
    MirroredCall call(String sid, String pod) {
        var record = Map.of(
                "pod_name", pod,
                "source_pool", "pool:gold",
                "provider", "twilio",
                "merchant_id", "acme",
                "allocated_at", Long.toString(now.toEpochMilli()));
        var call = new MirroredCall(
                new CallSid(sid), new PodName(pod), new Incarnation("uid/0", 1), GOLD, now.plusSeconds(3600), record);
        live.put(sid, call);
        return call;
    }

    /** This router gives a call its pod. */
    Allocation allocate(String sid, String pod) {
        var hold = call(sid, pod).allocation();
        stories.allocated(request(sid), hold);
        return hold;
    }

    void release(String sid, String pod, String reason) {
        live.remove(sid);
        stories.released(
                new CallSid(sid),
                new Release.Released(new PodName(pod), GOLD, GOLD, false, new Release.Ended("", "", Instant.EPOCH)),
                reason);
    }

    void refuse(String sid) {
        stories.refused(request(sid), new AllocationResult.NoCapacity(List.of(GOLD)));
    }

    List<String> storyOf(CallSid call) {
        return words(stories.find(call));
    }

    List<String> storyOf(PodName pod) {
        return words(stories.find(pod));
    }

    private static List<String> words(Optional<Story> story) {
        return story.map(Story::moments).orElse(List.of()).stream()
                .map(Story.Moment::words)
                .toList();
    }

    private static CallRequest request(String sid) {
        return new CallRequest(new CallSid(sid), Optional.empty(), Origin.UNKNOWN, Duration.ZERO);
    }
}
