package dev.smartrouter.dashboard;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Pod;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Pools;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what is known and what is remembered of a call or a pod together. */
final class Narrator {
    private final Sources sources;
    private final Stories stories;
    private final Pools pools;

    Narrator(Sources sources, Stories stories, Pools pools) {
        this.sources = sources;
        this.stories = stories;
        this.pools = pools;
    }

    /** A line of a story; {@code at} in ms since the epoch. */
    record Line(long at, String words) {
        static List<Line> of(Optional<Story> story) {
            return story.map(Story::moments).orElse(List.of()).stream()
                    .map(moment -> new Line(moment.at().toEpochMilli(), moment.words()))
                    .toList();
        }
    }

    /**
     * @param router whose memory this is
     * @param at when it got its pod; null if it has or had none, as far as is known
     * @param tried what each pool of its chain said
     */
    record CallTold(
            String router,
            String call,
            boolean live,
            String pod,
            String pool,
            String provider,
            String merchant,
            String flow,
            String template,
            String tried,
            boolean restored,
            @Nullable Long at,
            List<Line> story) {}

    /** A call that is live, or that this router remembers; empty otherwise. */
    Optional<CallTold> tell(CallSid call) {
        var live = stories.findLive(call);
        var story = stories.find(call);
        if (live.isEmpty() && story.isEmpty()) return Optional.empty();
        var hold = live.or(() -> stories.findEnded(call).flatMap(Ended::hold));
        return Optional.of(new CallTold(
                sources.router(),
                call.value(),
                live.isPresent(),
                hold.map(had -> had.pod().value()).orElse(""),
                hold.map(had -> had.source().value()).orElse(""),
                hold.map(had -> had.origin().provider()).orElse(""),
                hold.map(Allocation::merchant).orElse(""),
                hold.map(had -> had.origin().flow()).orElse(""),
                hold.map(had -> had.origin().template()).orElse(""),
                hold.map(Allocation::tried).orElse(""),
                hold.map(Allocation::restored).orElse(false),
                hold.map(had -> had.allocatedAt().toEpochMilli()).orElse(null),
                Line.of(story)));
    }

    /**
     * @param is in the store's words
     * @param drainingSeconds what is left of an operator's drain; null if there is none
     * @param heldUntil end of a quarantine; null if there is none
     */
    record PodTold(
            String router,
            String pod,
            String pool,
            String is,
            boolean ready,
            boolean terminating,
            @Nullable Long drainingSeconds,
            @Nullable Long heldUntil,
            String incarnation,
            String metadata,
            List<String> calls,
            List<Line> story) {}

    /** A pod that the store knows; empty otherwise. Throws as {@link Pools} does. */
    Optional<PodTold> tell(PodName name) {
        return pools.findPod(name).map(this::told);
    }

    private PodTold told(Pod pod) {
        return new PodTold(
                sources.router(),
                pod.name().value(),
                pod.pool().value(),
                pod.state().toString(),
                pod.ready(),
                pod.terminating(),
                pod.drainingFor().map(Duration::toSeconds).orElse(null),
                pod.heldUntil().isAfter(Instant.EPOCH) ? (Long) pod.heldUntil().toEpochMilli() : null,
                pod.incarnation().id(),
                pod.metadata(),
                pod.calls().stream().map(CallSid::value).toList(),
                Line.of(stories.find(pod.name())));
    }
}
