package dev.smartrouter.pool.proof;

import dev.smartrouter.tier.Limits;
import dev.smartrouter.tier.MerchantConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What a merchant may ask for, written once more: live calls are counted by their records, the bucket from outside. */
final class LimitRules {
    /** As many as the scripts under proof allow; so few that a day gets there. */
    static final int MOST_ON_PROBATION = 3;

    private static final long SECOND_MS = 1000;
    private static final long LATE_RETRY_MS = 30_000;
    private static final long PROBATION_MS = 120_000;
    private static final double ROUNDING_MS = 0.5;

    private double full;
    private long unknownUntil;

    /** What the answer must be. */
    enum Answer {
        MAX_CALLS,
        MAX_CPS,
        PROBATION,
        /** Limits do not stand in the way. */
        PASS,
        /** After a loss, or while a record that went by itself is still counted, either is right. */
        EITHER
    }

    static Limits of(String config) {
        return config.isEmpty() ? Limits.NONE : MerchantConfig.parse(config).limits();
    }

    /** The number that stands for a merchant in the index of its calls. */
    static String number(String merchant) {
        try {
            var sha = MessageDigest.getInstance("SHA-1").digest(merchant.getBytes(StandardCharsets.UTF_8));
            return Long.toString(Long.parseLong(HexFormat.of().formatHex(sha).substring(0, 13), 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Before a call gets a pod at this moment. */
    Answer answer(World w, Snapshot before, String sid, Optional<String> merchant, Limits limits) {
        if (merchant.isPresent() && limits.calls().isPresent()) {
            var most = limits.calls().getAsInt();
            var live = before.names("call:").stream()
                    .filter(each -> merchant.get().equals(before.call(each).get("merchant_id")))
                    .count();
            if (live + w.exempt.calls().size() >= most && live < most) return Answer.EITHER;
            if (live >= most) return w.exempt.calls().isEmpty() ? Answer.MAX_CALLS : Answer.EITHER;
        }
        if (merchant.isPresent() && limits.callsPerSecond().isPresent()) {
            if (w.time() < unknownUntil) return Answer.EITHER;
            if (next(w.time(), limits) > w.time() + SECOND_MS + ROUNDING_MS) return Answer.MAX_CPS;
        }
        var ended = before.string("ended:" + sid);
        if (ended == null || !ended.matches("\\d+") || w.time() - Long.parseLong(ended) >= LATE_RETRY_MS) {
            return Answer.PASS;
        }
        var soon = before.map("calls:by_expiry").values().stream()
                .mapToDouble(Double::parseDouble)
                .filter(deadline -> deadline > w.time() && deadline <= w.time() + PROBATION_MS)
                .count();
        return soon >= MOST_ON_PROBATION ? Answer.PROBATION : Answer.PASS;
    }

    /** A call of the merchant got a pod. */
    void took(long now, Limits limits) {
        if (limits.callsPerSecond().isEmpty()) return;
        full = next(now, limits);
        if (now < unknownUntil) lost(now); // whichever bucket it was, it has one call more
    }

    /** The store may have another bucket than before: a full one, or one that is full again two seconds from now. */
    void lost(long now) {
        unknownUntil = now + 2 * SECOND_MS + 1;
    }

    private double next(long now, Limits limits) {
        return Math.max(now, Math.min(full, now + SECOND_MS))
                + (double) SECOND_MS / limits.callsPerSecond().getAsInt();
    }
}
