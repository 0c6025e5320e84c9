package dev.smartrouter.call;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.auth.Hmac;
import dev.smartrouter.auth.Secret;
import dev.smartrouter.pool.Allocation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Passes that open a call's socket on its pod, for as long as a provider may take to come: {@code expiry-mac}, both fit for
 * a URL's path. They are not kept anywhere; a call that asks again within five minutes is told the same one.
 */
public final class StreamPasses {
    /** What stands in a URL for its pass. */
    static final String PLACE = "{mac}";

    /** A callee may let it ring for a minute or two, and a provider tries a handshake twice. */
    private static final Duration LEAST = Duration.ofMinutes(15);

    private static final Duration STEP = Duration.ofMinutes(5);
    /** 128 bits of the hash: a guess is of no use. */
    private static final int MAC_BYTES = 16;

    private static final Pattern PASS = Pattern.compile("([0-9]{1,12})-([A-Za-z0-9_-]{22})");

    private final List<Hmac> keys;
    private final InstantSource clock;

    /** @param secrets the first signs, all open; none: there are no passes */
    public StreamPasses(List<Secret> secrets, InstantSource clock) {
        this.keys = secrets.stream().map(Hmac::sha256).toList();
        this.clock = clock;
    }

    static StreamPasses none() {
        return new StreamPasses(List.of(), InstantSource.fixed(Instant.EPOCH));
    }

    /** The URL with a pass in its place; a URL that has no such place as it is. */
    String onto(String url, Allocation allocation) {
        if (!url.contains(PLACE)) return url;
        if (keys.isEmpty()) return url.replace("/" + PLACE, ""); // of a time when there were passes
        var steps = (clock.instant().getEpochSecond() + LEAST.toSeconds()) / STEP.toSeconds() + 1;
        var expiry = Long.toString(steps * STEP.toSeconds());
        return url.replace(PLACE, expiry + "-" + mac(keys.getFirst(), allocation.pod(), allocation.call(), expiry));
    }

    /** Whether this pass is ours, for this call on this pod, and not too old. Never, if there are no passes. */
    boolean opens(String pass, CallSid call, PodName pod) {
        var parts = PASS.matcher(pass);
        if (!parts.matches()) return false;
        var expiry = parts.group(1);
        var said = parts.group(2).getBytes(StandardCharsets.US_ASCII);
        var isOurs = false;
        for (var key : keys) {
            isOurs |= MessageDigest.isEqual(said, mac(key, pod, call, expiry).getBytes(StandardCharsets.US_ASCII));
        }
        return isOurs && Long.parseLong(expiry) > clock.instant().getEpochSecond();
    }

    private static String mac(Hmac key, PodName pod, CallSid call, String expiry) {
        var mac = Arrays.copyOf(key.of(pod + "\n" + call + "\n" + expiry), MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }
}
