package dev.smartrouter.dashboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.call.CallEvents;
import dev.smartrouter.call.CallRequest;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.DrainEvents;
import dev.smartrouter.pool.MirroredCall;
import dev.smartrouter.pool.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What happened to calls and pods, kept for an hour and bounded: what this router did itself, at once and in detail;
 * what came of others' calls, as the mirror tells it. Also counts this router's answers. A caller is not kept waiting
 * for it: what is told is written down when somebody reads, or at the next tick.
 */
public final class Stories implements CallEvents, DrainEvents {
    static final Duration KEPT = Duration.ofHours(1);
    static final int MOST_CALLS = 5_000;
    private static final int MOST_PODS = 2_000;
    private static final int LATELY = 30;
    /**
     * Events between two ticks. What comes on top is not told: so many calls would be forgotten within seconds, and to
     * keep them for so long costs a busy router more than anybody could read.
     */
    private static final int MOST_UNTOLD = 1_024;

    private final Supplier<Collection<MirroredCall>> live;
    private final Figures figures;
    private final InstantSource clock;
    private final Cache<CallSid, Story> calls;
    private final Cache<PodName, Story> pods;
    private final Cache<CallSid, Ended> ended;
    /** What this router gave lately, for calls that end before the mirror was looked at. */
    private final Cache<CallSid, Allocation> given;

    private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untoldSize = new AtomicInteger();
    private final AtomicBoolean overrun = new AtomicBoolean();

    private final ConcurrentLinkedDeque<Ended> lately = new ConcurrentLinkedDeque<>();
    private volatile Map<CallSid, MirroredCall> known = Map.of();

    /**
     * @param live the calls that are, as the mirror has them
     * @param nanos monotonic time in ns
     */
    public Stories(Supplier<Collection<MirroredCall>> live, Figures figures, InstantSource clock, LongSupplier nanos) {
        this.live = live;
        this.figures = figures;
        this.clock = clock;
        Ticker ticker = nanos::getAsLong;
        this.calls = kept(ticker, MOST_CALLS);
        this.pods = kept(ticker, MOST_PODS);
        this.ended = kept(ticker, MOST_CALLS);
        this.given = kept(ticker, MOST_CALLS);
    }

    private static <K, V> Cache<K, V> kept(Ticker ticker, int most) {
        return Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(KEPT)
                .maximumSize(most)
                .executor(Runnable::run)
                .build();
    }

    /** Compares the mirror with what it was: calls that began or ended through another router, or by themselves. */
    public void tick() {
        var now = new HashMap<CallSid, MirroredCall>();
        for (var call : live.get()) now.put(call.call(), call);
        var missed = overrun.getAndSet(false);
        writeDown(); // after the look, so that what this router did is known of all that it saw
        if (missed) given.invalidateAll(); // some of these may have ended
        known.forEach((sid, call) -> {
            if (!now.containsKey(sid)) gone(call.allocation(), missed);
        });
        now.forEach((sid, call) -> {
            if (!known.containsKey(sid) && calls.getIfPresent(sid) == null) began(call.allocation(), missed);
        });
        known = now;
    }

    /** In the order in which it was told. */
    private synchronized void writeDown() {
        for (var next = untold.poll(); next != null; next = untold.poll()) {
            untoldSize.decrementAndGet();
            next.run();
        }
    }

    private void later(Runnable event) {
        if (untoldSize.incrementAndGet() <= MOST_UNTOLD) {
            untold.add(event);
        } else {
            untoldSize.decrementAndGet();
            overrun.set(true);
        }
    }

    /** @param missed whether this router may have given it itself and not noted it */
    private void began(Allocation hold, boolean missed) {
        var from = missed ? "" : " from another router";
        tell(hold.call(), hold.allocatedAt(), "got " + hold.pod() + " of " + hold.source() + from);
        tell(hold.pod(), hold.allocatedAt(), "call " + hold.call() + " began");
    }

    /** @param missed whether this router may have ended it itself and not noted it */
    private void gone(Allocation hold, boolean missed) {
        var last = ended.getIfPresent(hold.call());
        if (last != null && !last.at().isBefore(hold.allocatedAt())) return; // this router released it
        given.invalidate(hold.call());
        end(new Ended(
                hold.call(),
                Optional.of(hold),
                clock.instant(),
                missed
                        ? "ended while too much went on to note how; the log has it"
                        : "ended elsewhere: through another router, by its deadline or with its pod"));
    }

    /** The call's hold on a pod, if it is live. */
    Optional<Allocation> findLive(CallSid call) {
        writeDown();
        return live(call);
    }

    private Optional<Allocation> live(CallSid call) {
        return Optional.ofNullable(known.get(call))
                .map(MirroredCall::allocation)
                .or(() -> Optional.ofNullable(given.getIfPresent(call)));
    }

    Optional<Story> find(CallSid call) {
        writeDown();
        return Optional.ofNullable(calls.getIfPresent(call));
    }

    Optional<Story> find(PodName pod) {
        writeDown();
        return Optional.ofNullable(pods.getIfPresent(pod));
    }

    Optional<Ended> findEnded(CallSid call) {
        writeDown();
        return Optional.ofNullable(ended.getIfPresent(call));
    }

    /** The last that ended, the latest first. */
    List<Ended> lately() {
        writeDown();
        var since = clock.instant().minus(KEPT);
        return lately.stream().filter(end -> end.at().isAfter(since)).toList();
    }

    /** Somebody who looked saw a pod change. */
    void saw(PodName pod, String words) {
        var at = clock.instant();
        later(() -> tell(pod, at, words));
    }

    @Override
    public void allocated(CallRequest request, Allocation hold) {
        figures.allocated();
        var at = clock.instant();
        later(() -> {
            ended.invalidate(request.call());
            given.put(request.call(), hold);
            tell(request.call(), at, "got " + hold.pod() + " of " + hold.source() + " from this router");
            tell(hold.pod(), at, "call " + request.call() + " began");
        });
    }

    @Override
    public void replayed(CallRequest request, Allocation hold) {
        var at = clock.instant();
        later(() -> tell(request.call(), at, "asked again and was told " + hold.pod()));
    }

    @Override
    public void refused(CallRequest request, AllocationResult.Refused why) {
        figures.refused();
        var at = clock.instant();
        later(() -> end(new Ended(request.call(), Optional.empty(), at, words(why))));
    }

    private static String words(AllocationResult.Refused why) {
        return switch (why) {
            case AllocationResult.NoCapacity full ->
                "refused: no room in "
                        + full.tried().stream().map(PoolName::value).collect(Collectors.joining(", "));
            case AllocationResult.Limited limited ->
                "refused: its merchant's limit, or that of late retries, is reached";
            case AllocationResult.Recovering recovering -> "refused: the gate was closed";
            case AllocationResult.Unavailable unavailable -> "refused: Redis did not answer in time";
        };
    }

    @Override
    public void released(CallSid call, Release.Released released, String reason) {
        var at = clock.instant();
        later(() -> {
            var before = live(call);
            given.invalidate(call);
            var how = reason.isEmpty() ? "released" : "released: " + reason;
            if (before.isEmpty()) tell(released.pod(), at, "call " + call + " " + how);
            end(new Ended(call, before, at, how));
        });
    }

    @Override
    public void releasedNothing(CallSid call, String reason) {
        var at = clock.instant();
        var words = "released again" + (reason.isEmpty() ? "" : ": " + reason);
        later(() -> calls.asMap().computeIfPresent(call, (same, story) -> story.and(at, words)));
    }

    @Override
    public void releaseLost(CallSid call, String reason) {
        var at = clock.instant();
        later(() -> tell(call, at, "a release that Redis did not answer is repeated until it does"));
    }

    @Override
    public void confirmed(CallSid call) {
        var at = clock.instant();
        later(() -> tell(call, at, "its provider said that it is live"));
    }

    @Override
    public void merchantConfigUnreadable(MerchantId merchant, String why) {}

    @Override
    public void merchantConfigUnknownNames(MerchantId merchant, List<String> names) {}

    @Override
    public void drained(PodName pod, int activeCalls) {
        saw(pod, "drained by somebody's word, with " + activeCalls + " calls");
    }

    @Override
    public void undrained(PodName pod, int activeCalls) {
        saw(pod, "undrained by somebody's word, with " + activeCalls + " calls");
    }

    private void end(Ended end) {
        ended.put(end.call(), end);
        lately.addFirst(end);
        while (lately.size() > LATELY) lately.pollLast();
        tell(end.call(), end.at(), end.how());
        end.hold().ifPresent(hold -> tell(hold.pod(), end.at(), "call " + end.call() + " " + end.how()));
    }

    private void tell(CallSid call, Instant at, String words) {
        calls.asMap().merge(call, Story.NEW.and(at, words), (story, first) -> story.and(at, words));
    }

    private void tell(PodName pod, Instant at, String words) {
        pods.asMap().merge(pod, Story.NEW.and(at, words), (story, first) -> story.and(at, words));
    }
}
