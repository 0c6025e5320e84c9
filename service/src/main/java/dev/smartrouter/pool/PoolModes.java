package dev.smartrouter.pool;

import dev.smartrouter.PoolName;
import dev.smartrouter.pool.Written.Verdict;
import dev.smartrouter.tier.Mode;
import dev.smartrouter.tier.TierConfig;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the store's pools exclusive or shared as the tier config says. */
public final class PoolModes {
    private static final Logger log = LoggerFactory.getLogger(PoolModes.class);

    private final Roster roster;
    private final Fleet fleet;
    private final Supplier<TierConfig> config;
    private final Leadership leadership;
    private Optional<TierConfig> done = Optional.empty();

    public PoolModes(Roster roster, Fleet fleet, Supplier<TierConfig> config, Leadership leadership) {
        this.roster = roster;
        this.fleet = fleet;
        this.config = config;
        this.leadership = leadership;
    }

    /** Once for each config; again while a pool is too busy to change. */
    public synchronized void tick() {
        var wanted = config.get();
        if (leadership.leads() && !done.equals(Optional.of(wanted))) ensure(wanted);
    }

    /** Whatever was done before: the store has forgotten it, or another leader has led. */
    synchronized void ensure() {
        ensure(config.get());
    }

    private void ensure(TierConfig wanted) {
        fleet.look(); // a change of mode rebuilds a pool from its members: those that only an index knows become
        // members
        var left = 0;
        for (var pool : wanted.pools().entrySet()) {
            if (!isSet(pool.getKey(), pool.getValue().mode())) left++;
        }
        if (left > 0) log.info("{} pools cannot change their mode now; they will be tried again", left);
        done = left == 0 ? Optional.of(wanted) : Optional.empty();
    }

    /** A key of the wrong type, put there by hand, costs its pool, not all the others. */
    private boolean isSet(PoolName pool, Mode mode) {
        try {
            return roster.retype(leadership.token(), pool, mode).verdict() == Verdict.DONE;
        } catch (StoreUnavailableException e) {
            if (!RedisLink.isFault(e)) throw e;
            log.error("the mode of {} cannot be set: {}", pool, e.getMessage());
            return false;
        }
    }
}
