package dev.smartrouter.tier;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tier config that counts now: the last good one that the store held, or the one to seed it with until then. A
 * text that is none is refused, and what was good stays. Where the store has none (again), it gets what it last held.
 */
public final class LiveTierConfig implements Supplier<TierConfig> {
    private static final Logger log = LoggerFactory.getLogger(LiveTierConfig.class);

    private final TierConfigStore store;
    private final Optional<String> wanted;
    private final BooleanSupplier maySeed;
    private final LongAdder refusals = new LongAdder();
    private volatile Known known;
    private volatile String refusal = "";
    private @Nullable String refused; // only tick's, as are those below
    private boolean compared;
    private boolean unreachable;

    /** A config and the text it was read from, which tells whether there is anything to read again. */
    private record Known(TierConfig config, String text, boolean stored) {}

    /**
     * @param wanted the text of TIER_CONFIG, if an operator set it
     * @param maySeed true while this router may write the config: where nobody is elected, or while it leads
     * @throws InvalidTierConfigException if the wanted text is no tier config
     */
    public LiveTierConfig(TierConfigStore store, Optional<String> wanted, BooleanSupplier maySeed) {
        this.store = store;
        this.wanted = wanted;
        this.maySeed = maySeed;
        var seed = wanted.orElse(TierConfig.DEFAULT_JSON);
        this.known = new Known(TierConfig.parse(seed), seed, false);
    }

    @Override
    public TierConfig get() {
        return known.config;
    }

    /** Whether it was ever read from the store. */
    public boolean isStored() {
        return known.stored;
    }

    /** Why the text in the store is refused, as one line; empty if it is not. */
    public String refusal() {
        return refusal;
    }

    /** Texts refused since the start; one that stays counts once. */
    public long refusals() {
        return refusals.sum();
    }

    /** Looks at the store once, and seeds it where it is empty. Never throws. */
    public synchronized void tick() {
        try {
            var text = store.read();
            if (text.isEmpty() && maySeed.getAsBoolean()) {
                if (store.seed(known.text))
                    log.info("the store had no tier config and got: {}", Json.oneLine(known.text));
                text = store.read();
            }
            text.ifPresent(this::take);
            unreachable = false;
        } catch (RuntimeException e) {
            if (!unreachable) log.warn("the tier config cannot be read now; the last good one stays: {}", e.toString());
            unreachable = true;
        }
    }

    private void take(String text) {
        if (text.equals(refused)) return;
        if (!text.equals(known.text) || !known.stored) {
            try {
                var config = TierConfig.parse(text);
                if (known.stored) log.info("the tier config has changed to: {}", Json.oneLine(text));
                known = new Known(config, text, true);
            } catch (InvalidTierConfigException e) {
                refused = text;
                refusal = String.valueOf(e.getMessage());
                refusals.increment();
                log.error("the tier config in the store is refused, the last good one stays: {}", refusal);
                return;
            }
        }
        refused = null;
        refusal = "";
        compareOnce();
    }

    private void compareOnce() {
        if (compared) return;
        compared = true;
        if (wanted.filter(text -> !TierConfig.parse(text).equals(known.config)).isPresent()) {
            log.warn(
                    "TIER_CONFIG differs from the stored tier config, which counts; stored: {}",
                    Json.oneLine(known.text));
        }
    }
}
