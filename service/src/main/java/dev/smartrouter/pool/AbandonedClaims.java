package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims that were sent and never answered: the caller was refused, and yet the store may hold a pod for the call.
 * Each claim carries a token; here is where the router gives back, once the store answers again, what it claimed with
 * a token and never told anybody. If another request was answered with that pod meanwhile, the store keeps it.
 */
public final class AbandonedClaims {
    private static final Logger log = LoggerFactory.getLogger(AbandonedClaims.class);
    private static final int MOST = 10_000;
    /** Older than any moment until which a claim may still run. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private record Abandoned(CallSid call, String token, long sinceNanos) {}

    private final RedisStore store;
    private final String router;
    private final AtomicLong sequence = new AtomicLong();
    private final BlockingQueue<Abandoned> waiting = new ArrayBlockingQueue<>(MOST);
    private final LongAdder released = new LongAdder();

    /** @param router id of this router, unique to this start of it */
    public AbandonedClaims(RedisStore store, String router) {
        this.store = store;
        this.router = router;
    }

    String newToken() {
        return router + ":" + sequence.incrementAndGet();
    }

    void add(CallSid call, String token) {
        if (!waiting.offer(new Abandoned(call, token, store.clock().nanos()))) {
            log.warn("more than {} claims abandoned; {} stays until its deadline if it got a pod", MOST, call);
        }
    }

    /** Gives back what is settled; what cannot be given back now is tried in the next turn. Never throws. */
    public void tick() {
        try {
            giveBack();
        } catch (StoreUnavailableException e) {
            log.debug("abandoned claims wait for the store: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("giving back abandoned claims stumbled; next try in the next turn", e);
        }
    }

    private void giveBack() {
        if (!store.gate().isOpen()) return; // a store that may have forgotten a second answer gives nothing back
        for (var next = waiting.peek(); next != null && isSettled(next); next = waiting.peek()) {
            var reply = store.runForLoop("release", List.of(next.call().value(), next.token()));
            waiting.remove(next); // by its token: the last turn of all may be in another thread
            if (reply.verdict().equals("RELEASED")) {
                released.increment();
                log.info("gave back {}, claimed for call {} whose caller had been refused", reply.text(1), next.call());
            }
        }
    }

    /** Whether each was given back. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    private boolean isSettled(Abandoned abandoned) {
        return store.clock().nanos() - abandoned.sinceNanos() > SETTLED.toNanos();
    }

    /** Pods given back since the start. */
    public long released() {
        return released.sum();
    }
}
