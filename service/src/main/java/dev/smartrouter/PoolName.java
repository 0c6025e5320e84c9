package dev.smartrouter;

import java.util.regex.Pattern;

/** The pods of a tier ({@code pool:gold}) or of a merchant ({@code merchant:acme}), by name. */
public record PoolName(String value) {
    private static final Pattern PATTERN = Pattern.compile("(pool|merchant):[A-Za-z0-9_-]{1,64}");
    private static final String TIER = "pool:";
    private static final String MERCHANT = "merchant:";

    /** @throws IllegalArgumentException if the value is no such name */
    public PoolName {
        Names.checked("pool name", value, PATTERN, "pool:{tier} or merchant:{name}");
    }

    public static PoolName ofTier(TierName tier) {
        return new PoolName(TIER + tier);
    }

    public static PoolName ofMerchant(TierName name) {
        return new PoolName(MERCHANT + name);
    }

    public boolean isMerchant() {
        return value.startsWith(MERCHANT);
    }

    /** The name behind the colon: the tier's, or that of the merchant's pool. */
    public TierName tier() {
        return new TierName(value.substring(value.indexOf(':') + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
