package dev.smartrouter.pool;

import dev.smartrouter.MerchantId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tier config and the merchants' configs as operators write them. A write says what it replaces and against what it
 * was checked, and happens only if that is still so; a hand on the keys is seen too, as what counts is the text that is
 * there. Each method throws {@link StoreUnavailableException} if Redis does not answer in time; whether a write then
 * happened is unknown.
 */
public final class RedisConfig {
    private static final String ANY = "-";

    private final RedisStore store;
    private final Supplier<String> tokens;

    /** @param tokens a new text each time, by which the store knows a write that was sent again */
    public RedisConfig(RedisStore store, Supplier<String> tokens) {
        this.store = store;
        this.tokens = tokens;
    }

    /**
     * A text as it is stored.
     *
     * @param hash of its bytes, in hexadecimal digits; it and the text are empty if there is none
     */
    public record Stored(String text, String hash) {
        public boolean exists() {
            return !hash.isEmpty();
        }
    }

    /**
     * What was there in one moment.
     *
     * @param open false while the store may have lost it, and routers may still put it back
     * @param writes number of the last write that came this way
     * @param own what was asked for
     * @param tiers the tier config, which is also {@code own} if that was asked for
     */
    public record Known(boolean open, long writes, Stored own, Stored tiers) {}

    /** A merchant and its config, as it is stored; the name may be none of ours, as a hand may have written it. */
    public record Entry(String merchant, Stored config) {}

    /** @param next where the next page begins; empty at the end */
    public record Page(List<Entry> entries, Optional<String> next) {}

    /** What came of a write. */
    public enum Outcome {
        WRITTEN,
        /** Somebody else has changed it, or what it was checked against. */
        CHANGED,
        /** The store may have lost what is there. */
        RECOVERING
    }

    private enum CheckedAgainst {
        THE_TIERS,
        ALL_ELSE
    }

    public Known tiers() {
        return known("");
    }

    public Known merchant(MerchantId merchant) {
        return known(merchant.value());
    }

    private Known known(String merchant) {
        var reply = store.runForLoop("config_read", List.of(merchant));
        return new Known(
                reply.flag(0),
                reply.number(1),
                new Stored(reply.text(2), reply.text(3)),
                new Stored(reply.text(4), reply.text(5)));
    }

    /** @param cursor of the page before; {@code "0"} for the first. A config that is changed meanwhile may come twice. */
    public Page merchants(String cursor) {
        var reply = store.runForLoop("config_page", List.of(cursor));
        var entries = reply.lists(1).stream()
                .map(entry -> new Entry(entry.text(0), new Stored(entry.text(1), entry.text(2))))
                .toList();
        return new Page(entries, Optional.of(reply.text(0)).filter(next -> !next.equals("0")));
    }

    /** Replaces the tier config, which was checked against all merchants. */
    public Outcome writeTiers(Known known, String text) {
        return write("", known, text, CheckedAgainst.ALL_ELSE);
    }

    /** Replaces a merchant's config, which was checked against the tiers. */
    public Outcome writeMerchant(MerchantId merchant, Known known, String text) {
        return write(merchant.value(), known, text, CheckedAgainst.THE_TIERS);
    }

    /** Deletes a merchant's config, after a look at all others. */
    public Outcome deleteMerchant(MerchantId merchant, Known known) {
        return write(merchant.value(), known, "", CheckedAgainst.ALL_ELSE);
    }

    private Outcome write(String merchant, Known known, String text, CheckedAgainst against) {
        var reply = store.runForLoop(
                "config_write",
                List.of(
                        merchant,
                        known.own().hash(),
                        text,
                        tokens.get(),
                        against == CheckedAgainst.ALL_ELSE ? Long.toString(known.writes()) : ANY,
                        against == CheckedAgainst.THE_TIERS ? known.tiers().hash() : ANY));
        return switch (reply.verdict()) {
            case "WRITTEN" -> Outcome.WRITTEN;
            case "CHANGED" -> Outcome.CHANGED;
            case "RECOVERING" -> Outcome.RECOVERING;
            default -> throw reply.unexpected("config_write");
        };
    }
}
