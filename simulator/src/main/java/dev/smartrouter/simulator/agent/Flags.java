package dev.smartrouter.simulator.agent;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * Which calls an agent takes to the router, as its settings and live config have it at one moment (reference 000,
 * section 7).
 *
 * @param podIsolation {@code ENABLE_VOICE_AGENT_POD_ISOLATION}: without it the router is never asked
 * @param percentage {@code SMART_ROUTER_PERCENTAGE}: of merchants, 0 to 100
 * @param merchants {@code SMART_ROUTER_MERCHANTS}: if there are any, only they
 * @param twilioDirect {@code SMART_ROUTER_ENABLE_TWILIO_DIRECT}: Twilio asks the router itself
 * @param fallback {@code SMART_ROUTER_ENABLE_FALLBACK}: a call goes to any pod if the router fails
 */
public record Flags(
        boolean podIsolation, int percentage, Set<String> merchants, boolean twilioDirect, boolean fallback) {
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    /** Every call is taken to the router, and goes to any pod if that fails. */
    public static final Flags ALL_CALLS = new Flags(true, 100, Set.of(), false, true);

    /** @throws IllegalArgumentException if the percentage is none */
    public Flags {
        if (percentage < 0 || percentage > 100) {
            throw new IllegalArgumentException("SMART_ROUTER_PERCENTAGE must be 0 to 100, not " + percentage);
        }
        merchants = Set.copyOf(merchants);
    }

    /**
     * Whether a merchant's call is taken to the router. A call without a merchant passes any percentage but 0, and no
     * list of merchants.
     *
     * @param merchant empty if the call names none
     * @param breakerOpen whether the circuit breaker in front of the router refuses
     */
    public boolean isolates(String merchant, boolean breakerOpen) {
        if (!podIsolation || breakerOpen || percentage == 0) return false;
        if (percentage < 100 && !merchant.isEmpty() && share(merchant) >= percentage) return false;
        return merchants.isEmpty() || merchants.contains(merchant);
    }

    /** 0 to 99, always the same: MD5 as one number, as Python's {@code int(md5(m).hexdigest(), 16) % 100}. */
    static int share(String merchant) {
        try {
            var md5 = MessageDigest.getInstance("MD5").digest(merchant.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, md5).mod(HUNDRED).intValue();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
