package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases that the store did not answer, and may never have heard. Whoever asked was told so and may not ask again, so
 * the router says them once more when the store is back. Each carries the moment at which the call ended: said late, it
 * ends nothing that took the sid since.
 */
public final class UnheardReleases {
    private static final Logger log = LoggerFactory.getLogger(UnheardReleases.class);
    private static final int MOST = 10_000;

    private final RedisStore store;
    private final Mirror mirror;
    /** Guarded by itself. */
    private final Map<CallSid, End> ended = new LinkedHashMap<>();

    private final LongAdder released = new LongAdder();

    /**
     * When a call ended.
     *
     * @param nanos monotonic time
     * @param notBefore ms on the store's clock, of which our idea is early, after a slow reconnect by as much as that was
     *     slow: the later of when the call began and of what we took for now when it ended
     */
    private record End(long nanos, long notBefore) {}

    public UnheardReleases(RedisStore store, Mirror mirror) {
        this.store = store;
        this.mirror = mirror;
    }

    void add(CallSid call, long endedNanos) {
        var began = mirror.find(call)
                .map(known -> known.allocatedAt().toEpochMilli())
                .orElse(0L);
        var end = new End(endedNanos, Math.max(began, store.clock().at(endedNanos)));
        synchronized (ended) {
            if (ended.size() < MOST || ended.containsKey(call)) {
                ended.put(call, end);
                return;
            }
        }
        log.warn("more than {} releases unheard; {} stays until its deadline if nobody releases it again", MOST, call);
    }

    /** Says again what was not heard; what is not heard now either is said in the next turn. Never throws. */
    public void tick() {
        try {
            for (var next : waiting()) sayOrDrop(next.getKey(), next.getValue());
        } catch (StoreUnavailableException e) {
            log.debug("unheard releases wait for the store: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("saying unheard releases again stumbled; next try in the next turn", e);
        }
    }

    /** What the store refuses, as for a record of the wrong type, it will refuse again: it must not hold up the others. */
    private void sayOrDrop(CallSid call, End end) {
        try {
            say(call, end);
        } catch (StoreUnavailableException e) {
            if (!RedisLink.isFault(e)) throw e;
            log.warn("the release of {} cannot be run, and is given up: {}", call, e.getMessage());
            forget(call, end);
        }
    }

    private void forget(CallSid call, End end) {
        synchronized (ended) {
            ended.remove(call, end);
        }
    }

    private void say(CallSid call, End end) {
        var endedMs = store.clock().at(end.nanos(), end.notBefore());
        var reply = store.runForLoop("release", List.of(call.value(), "", Long.toString(endedMs)));
        forget(call, end);
        if (!reply.verdict().equals("KEPT")) mirror.released(call, Instant.ofEpochMilli(endedMs));
        if (!reply.verdict().equals("RELEASED")) return;
        released.increment();
        log.info("gave back {} of call {}, whose release the store had not heard", reply.text(1), call);
    }

    /** Whether the store has heard every release. */
    public boolean isEmpty() {
        synchronized (ended) {
            return ended.isEmpty();
        }
    }

    private List<Map.Entry<CallSid, End>> waiting() {
        synchronized (ended) {
            return ended.entrySet().stream().map(Map.Entry::copyOf).toList();
        }
    }

    /** Pods given back since the start. */
    public long released() {
        return released.sum();
    }
}
