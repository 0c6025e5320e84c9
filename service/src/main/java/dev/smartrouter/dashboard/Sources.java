package dev.smartrouter.dashboard;

import dev.smartrouter.pool.MirroredCall;
import dev.smartrouter.pool.Panorama;
import dev.smartrouter.pool.Standing;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where the page's facts come from; only the panorama asks the store.
 *
 * @param router its name
 * @param answers whether the store does
 * @param warnings what is wrong with what is in the store, or with how that is set up
 * @param calls that are live
 * @param loops in the order in which they are shown
 * @param draining how long a drain lasts if nobody ends it
 */
public record Sources(
        String router,
        BooleanSupplier answers,
        Supplier<List<String>> warnings,
        Supplier<Standing> standing,
        Supplier<List<LoopRow>> loops,
        Supplier<TierConfig> tiers,
        Supplier<Collection<MirroredCall>> calls,
        Panorama panorama,
        Duration draining) {}
