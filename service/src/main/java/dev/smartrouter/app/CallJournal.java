package dev.smartrouter.app;

import static dev.smartrouter.app.RouterMetrics.NO_POOL;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.call.CallEvents;
import dev.smartrouter.call.CallRequest;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Release;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Counts what happens to calls, and writes one log line for each transition: enough to follow a call by its sid, and
 * nothing of who speaks.
 */
final class CallJournal implements CallEvents {
    private static final Logger log = LoggerFactory.getLogger("dev.smartrouter.calls");
    private static final int REMEMBERED = 20_000;

    private final RouterMetrics metrics;
    private final Clock clock;

    /** What the line of a release says besides: known to the router that gave the call its pod, or was asked again. */
    private final Cache<CallSid, Allocation> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    CallJournal(RouterMetrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void allocated(CallRequest request, Allocation allocation) {
        got(request, allocation, "success", "call allocated");
    }

    @Override
    public void replayed(CallRequest request, Allocation allocation) {
        got(request, allocation, "existing", "call already allocated");
    }

    private void got(CallRequest request, Allocation allocation, String status, String message) {
        remembered.put(request.call(), allocation);
        metrics.allocation(allocation.source().value(), status);
        of(request.call())
                .addKeyValue("pod", allocation.pod())
                .addKeyValue("pool", allocation.source())
                .addKeyValue("merchant", allocation.merchant())
                .addKeyValue("provider", allocation.origin().provider())
                .log(message);
    }

    @Override
    public void refused(CallRequest request, AllocationResult.Refused why) {
        var status = switch (why) {
            case AllocationResult.NoCapacity full -> "no_pods";
            case AllocationResult.Recovering recovering -> "recovering";
            case AllocationResult.Unavailable unavailable -> "unavailable";
        };
        var pool = why instanceof AllocationResult.NoCapacity(var tried) && !tried.isEmpty()
                ? tried.getFirst().value()
                : NO_POOL;
        metrics.allocation(pool, status);
        var line = of(request.call())
                .addKeyValue("reason", status)
                .addKeyValue(
                        "merchant", request.merchant().map(MerchantId::value).orElse(""))
                .addKeyValue("provider", request.origin().provider());
        if (why instanceof AllocationResult.NoCapacity(var tried)) line = line.addKeyValue("tried", tried);
        line.log("call refused");
    }

    @Override
    public void released(CallSid call, Release.Released released, String reason) {
        metrics.release(released.source().value(), "success");
        var line = of(call).addKeyValue("pod", released.pod())
                .addKeyValue("pool", released.to())
                .addKeyValue("source_pool", released.source())
                .addKeyValue("reason", reason)
                .addKeyValue("was_draining", released.wasDraining());
        var allocation = remembered.getIfPresent(call);
        if (allocation != null) {
            remembered.invalidate(call);
            line = line.addKeyValue("merchant", allocation.merchant())
                    .addKeyValue("provider", allocation.origin().provider())
                    .addKeyValue(
                            "duration_ms",
                            Duration.between(allocation.allocatedAt(), clock.instant())
                                    .toMillis());
        }
        line.log("call released");
    }

    @Override
    public void releasedNothing(CallSid call, String reason) {
        metrics.release(NO_POOL, "not_found");
        log.atDebug()
                .addKeyValue("call_sid", call)
                .addKeyValue("reason", reason)
                .log("nothing to release");
    }

    @Override
    public void releaseLost(CallSid call, String reason) {
        metrics.release(NO_POOL, "unavailable");
        log.atWarn().addKeyValue("call_sid", call).addKeyValue("reason", reason).log("release lost");
    }

    @Override
    public void confirmed(CallSid call) {
        of(call).log("call confirmed");
    }

    @Override
    public void merchantConfigUnreadable(MerchantId merchant, String why) {
        metrics.merchantConfigRefused();
        log.atWarn()
                .addKeyValue("merchant", merchant)
                .addKeyValue("reason", why)
                .log("merchant config unreadable");
    }

    @Override
    public void merchantConfigUnknownNames(MerchantId merchant, List<String> names) {
        metrics.merchantConfigRefused();
        log.atWarn()
                .addKeyValue("merchant", merchant)
                .addKeyValue("names", names)
                .log("merchant config skips names");
    }

    private static LoggingEventBuilder of(CallSid call) {
        return log.atInfo().addKeyValue("call_sid", call);
    }
}
