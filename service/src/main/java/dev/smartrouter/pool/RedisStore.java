package dev.smartrouter.pool;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Redis as the router uses it: one link for calls, behind a circuit breaker, and one for everything that can wait, so
 * that an audit never stands in a call's way. Also the one clock and the one gate that both links keep true.
 */
public final class RedisStore implements AutoCloseable {
    /** Redis may run the script of a call this long; after that, its reply may still come. */
    private static final Duration CALL_RUNS_WITHIN = Duration.ofMillis(550);

    private static final Duration CALL_WAITS = Duration.ofMillis(800);
    private static final Patience CALL = new Patience(CALL_RUNS_WITHIN, CALL_WAITS, false);
    private static final Patience NEW_CALL = new Patience(CALL_RUNS_WITHIN, CALL_WAITS, true);
    private static final Patience LOOP = new Patience(Duration.ofMillis(2_000), Duration.ofMillis(3_000), false);

    private final Scripts scripts;
    private final RedisClock clock;
    private final Gate gate = new Gate();
    private final RedisConnector connector;
    private final RedisLink calls;
    private final RedisLink loops;
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "redis",
            CircuitBreakerConfig.custom()
                    .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                    .slidingWindowSize(20)
                    .minimumNumberOfCalls(10)
                    .failureRateThreshold(50)
                    .waitDurationInOpenState(Duration.ofMillis(500))
                    .permittedNumberOfCallsInHalfOpenState(4)
                    .build());

    /**
     * @param prefix of all keys, such as {@code voice:}
     * @param timeout for connecting and for each reply
     * @param leaseTtl how long a lease is shown if nobody renews it
     * @param nanos monotonic time in ns
     */
    public RedisStore(RedisUrl url, String prefix, Duration timeout, Duration leaseTtl, LongSupplier nanos) {
        this(url, prefix, timeout, leaseTtl, nanos, Scripts.load(), () -> 0);
    }

    /** @param skewMs added to Redis's clock: how tests move time */
    RedisStore(
            RedisUrl url,
            String prefix,
            Duration timeout,
            Duration leaseTtl,
            LongSupplier nanos,
            Scripts scripts,
            LongSupplier skewMs) {
        if (url.kind() == RedisUrl.Kind.CLUSTER && !prefix.matches("\\{[^{}]+}.*")) {
            throw new IllegalArgumentException(
                    "in a Redis cluster the prefix must begin with braces, such as {voice}:, not '" + prefix + "'");
        }
        this.scripts = scripts;
        this.clock = new RedisClock(nanos);
        var anchor = prefix + "state:gen";
        var lease = Long.toString(leaseTtl.toMillis());
        this.connector = new RedisConnector(url, timeout, anchor, scripts, clock, gate);
        this.calls = link("redis-calls", anchor, skewMs, lease);
        this.loops = link("redis-loops", anchor, skewMs, lease);
    }

    private RedisLink link(String name, String anchor, LongSupplier skewMs, String lease) {
        return new RedisLink(name, connector, clock, anchor, () -> List.of(Long.toString(skewMs.getAsLong()), lease));
    }

    /**
     * Runs a script that a call waits for.
     *
     * @throws StoreUnavailableException if it has no reply within 0.8 s, or at once while Redis is known to be gone
     */
    Reply runForCall(String script, List<String> args) {
        return run(script, args, CALL);
    }

    /** The same for a call that has nothing yet: refused first when there is more to do than Redis can, so that calls end. */
    Reply runForNewCall(String script, List<String> args) {
        return run(script, args, NEW_CALL);
    }

    private Reply run(String script, List<String> args, Patience patience) {
        if (!breaker.tryAcquirePermission()) {
            throw new StoreUnavailableException(
                    "Redis is not answering", CallNotPermittedException.createCallNotPermittedException(breaker));
        }
        var start = clock.nanos();
        try {
            var reply = calls.run(scripts.named(script), args, patience);
            breaker.onSuccess(clock.nanos() - start, TimeUnit.NANOSECONDS);
            return reply;
        } catch (StoreBusyException e) {
            breaker.releasePermission(); // who was not asked has not failed
            throw e;
        } catch (RuntimeException e) {
            var elapsed = clock.nanos() - start;
            if (RedisLink.isFault(e)) { // the script's trouble with one key, not Redis's with all
                breaker.onSuccess(elapsed, TimeUnit.NANOSECONDS);
            } else {
                breaker.onError(elapsed, TimeUnit.NANOSECONDS, e);
            }
            throw e;
        }
    }

    /**
     * Runs a script of a loop, on a link that no call waits for.
     *
     * @throws StoreUnavailableException if it has no reply within 3 s
     */
    Reply runForLoop(String script, List<String> args) {
        return loops.run(scripts.named(script), args, LOOP);
    }

    RedisClock clock() {
        return clock;
    }

    /** Whether the store is open for new calls, as last heard. */
    public Gate gate() {
        return gate;
    }

    /** True while the link that calls use is up. */
    public boolean isConnected() {
        return calls.isConnected();
    }

    /** Such as {@code CLOSED} (all is well) or {@code OPEN} (refusing at once). */
    public String breakerState() {
        return breaker.getState().name();
    }

    /** What Redis is set up wrongly for us; empty if nothing. */
    public String warning() {
        return connector.warning();
    }

    /** Requests that wait to be sent. */
    public int queued() {
        return calls.queued();
    }

    /** Scripts that calls sent since the start. */
    public long scripts() {
        return calls.scripts();
    }

    /** Network exchanges that these took: fewer than scripts under load. */
    public long exchanges() {
        return calls.exchanges();
    }

    @Override
    public void close() {
        calls.close();
        loops.close();
    }
}
