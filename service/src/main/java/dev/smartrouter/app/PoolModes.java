package dev.smartrouter.app;

import com.google.common.collect.Lists;
import dev.smartrouter.pool.Roster;
import dev.smartrouter.pool.Upkeep;
import dev.smartrouter.pool.Written.Verdict;
import dev.smartrouter.tier.TierConfig;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the store's pools exclusive or shared as the tier config says, where no leader is elected to do so. */
final class PoolModes {
    private static final Logger log = LoggerFactory.getLogger(PoolModes.class);
    private static final int AUDITED_AT_ONCE = 100;

    private final Roster roster;
    private final Upkeep upkeep;
    private final Supplier<TierConfig> config;
    private Optional<TierConfig> done = Optional.empty();

    PoolModes(Roster roster, Upkeep upkeep, Supplier<TierConfig> config) {
        this.roster = roster;
        this.upkeep = upkeep;
        this.config = config;
    }

    /** Once for each config; again while a pool is too busy to change. */
    synchronized void tick() {
        var wanted = config.get();
        if (!done.equals(Optional.of(wanted))) ensure(wanted);
    }

    /** Whatever was done before: the store has forgotten it. */
    synchronized void ensure() {
        ensure(config.get());
    }

    private void ensure(TierConfig wanted) {
        // a change of mode rebuilds a pool from its members, so those that only an index knows become members first
        for (var batch : Lists.partition(List.copyOf(upkeep.members()), AUDITED_AT_ONCE)) upkeep.audit(batch);
        var busy = 0;
        for (var pool : wanted.pools().entrySet()) {
            var written = roster.retype(
                    OptionalLong.empty(), pool.getKey(), pool.getValue().mode());
            if (written.verdict() == Verdict.BUSY) busy++;
        }
        if (busy > 0) log.info("{} pools are too busy to become exclusive; they will be tried again", busy);
        done = busy == 0 ? Optional.of(wanted) : Optional.empty();
    }
}
