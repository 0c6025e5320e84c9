package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Ends calls that have outlived their deadline, so that their pods serve again. */
public final class Sweeper implements Managed {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final int BATCH = 100;

    private final Upkeep upkeep;
    private final Mirror mirror;
    private final Leadership leadership;
    private final Duration every;
    private final ScheduledExecutorService scheduler;
    private final LongAdder ended = new LongAdder();

    /** @param mirror what is known of the calls, for the log: the store no longer is */
    public Sweeper(
            Upkeep upkeep, Mirror mirror, Leadership leadership, Duration every, ScheduledExecutorService scheduler) {
        this.upkeep = upkeep;
        this.mirror = mirror;
        this.leadership = leadership;
        this.every = every;
        this.scheduler = scheduler;
    }

    @Override
    public void start() {
        var unused =
                scheduler.scheduleWithFixedDelay(this::tick, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    void tick() {
        if (!leadership.leads()) return;
        try {
            int swept;
            do {
                var calls = upkeep.sweep(BATCH);
                swept = calls.size();
                ended.add(swept);
                calls.forEach(this::tell);
            } while (swept == BATCH);
        } catch (StoreUnavailableException e) {
            log.warn("sweep failed; next try in {}: {}", every, e.getMessage());
        } catch (RuntimeException e) {
            log.error("sweep failed; next try in {}", every, e);
        }
    }

    private void tell(CallSid call) {
        var line = log.atWarn().addKeyValue("call_sid", call).addKeyValue("reason", "deadline");
        mirror.find(call).map(known -> with(line, known)).orElse(line).log("call ended that nobody released");
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, MirroredCall known) {
        var hold = known.allocation();
        return line.addKeyValue("pod", hold.pod())
                .addKeyValue("pool", hold.source())
                .addKeyValue("merchant", hold.merchant())
                .addKeyValue("provider", hold.origin().provider())
                .addKeyValue(
                        "duration_ms",
                        Duration.between(hold.allocatedAt(), known.deadline()).toMillis());
    }

    /** Calls ended since the start. */
    public long ended() {
        return ended.sum();
    }
}
