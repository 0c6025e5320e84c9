package dev.smartrouter.pool;

import dev.smartrouter.pool.Upkeep.Member;
import dev.smartrouter.pool.Upkeep.Seen;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every pod whole again, round after round: what expired, what an operator's hand did, what is not adopted yet.
 * A turn takes 100 pods, and 20 turns a second are 2,000 pods: the store is never long busy with it.
 */
public final class Auditor implements Managed {
    private static final Logger log = LoggerFactory.getLogger(Auditor.class);
    private static final int BATCH = 100;
    private static final Duration TURN = Duration.ofMillis(50);

    private final Upkeep upkeep;
    private final Leadership leadership;
    private final Duration every;
    private final LongSupplier nanos;
    private final ScheduledExecutorService scheduler;
    private final Deque<Member> left = new ArrayDeque<>();
    private List<Seen> seen = new ArrayList<>();
    private volatile List<Seen> fleet = List.of();
    private long roundSince;
    private boolean inRound;

    /**
     * @param every from the start of one round to that of the next
     * @param nanos monotonic time in ns
     */
    public Auditor(
            Upkeep upkeep,
            Leadership leadership,
            Duration every,
            LongSupplier nanos,
            ScheduledExecutorService scheduler) {
        this.upkeep = upkeep;
        this.leadership = leadership;
        this.every = every;
        this.nanos = nanos;
        this.scheduler = scheduler;
        this.roundSince = nanos.getAsLong() - every.toNanos();
    }

    @Override
    public void start() {
        var unused = scheduler.scheduleWithFixedDelay(this::tick, 0, TURN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All pods as the last whole round left them; none while another replica leads, which knows them better. */
    public List<Seen> fleet() {
        return fleet;
    }

    /** One turn of a round, or the start of the next when it is due. */
    void tick() {
        try {
            if (!leadership.leads()) {
                fleet = List.of();
                inRound = false;
            } else if (inRound || nanos.getAsLong() - roundSince >= every.toNanos()) {
                turn();
            }
        } catch (StoreUnavailableException e) {
            log.warn("audit failed; next round in {}: {}", every, e.getMessage());
            inRound = false;
        } catch (RuntimeException e) {
            log.error("audit failed; next round in {}", every, e);
            inRound = false;
        }
    }

    /** A whole round at once. */
    void round() {
        inRound = false;
        do turn();
        while (inRound);
    }

    private void turn() {
        if (!inRound) {
            roundSince = nanos.getAsLong();
            left.clear();
            left.addAll(upkeep.members());
            seen = new ArrayList<>();
            inRound = true;
        }
        var batch = new ArrayList<Member>(BATCH);
        while (!left.isEmpty() && batch.size() < BATCH) batch.add(left.remove());
        if (!batch.isEmpty()) seen.addAll(upkeep.audit(batch));
        if (left.isEmpty()) {
            fleet = List.copyOf(seen);
            inRound = false;
        }
    }
}
