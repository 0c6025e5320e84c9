package dev.smartrouter.pool;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends calls that have outlived their deadline, so that their pods serve again. */
public final class Sweeper implements Managed {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final int BATCH = 100;

    private final Upkeep upkeep;
    private final Leadership leadership;
    private final Duration every;
    private final ScheduledExecutorService scheduler;
    private final LongAdder ended = new LongAdder();

    public Sweeper(Upkeep upkeep, Leadership leadership, Duration every, ScheduledExecutorService scheduler) {
        this.upkeep = upkeep;
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
                for (var call : calls) {
                    log.atWarn()
                            .addKeyValue("call_sid", call)
                            .addKeyValue("reason", "deadline")
                            .log("call ended that nobody released");
                }
            } while (swept == BATCH);
        } catch (StoreUnavailableException e) {
            log.warn("sweep failed; next try in {}: {}", every, e.getMessage());
        } catch (RuntimeException e) {
            log.error("sweep failed; next try in {}", every, e);
        }
    }

    /** Calls ended since the start. */
    public long ended() {
        return ended.sum();
    }
}
