package dev.smartrouter.auth;

import com.google.common.net.InetAddresses;
import dev.smartrouter.http.BrowserOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Callers from this machine, or from a private network, as a cluster's is. Whoever was passed on by somebody may come
 * from anywhere; so may the page in a browser that a request with an origin was sent by, unless it is a page of ours, at
 * an address that no name server can have made up: an operator's, whose port is forwarded.
 */
public final class Nearby {
    private static final List<String> FROM_ELSEWHERE =
            List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "X-Forwarded-Proto", "Via");

    /** Loopback; RFC 1918, 6598 and 3927; of IPv6 loopback, unique local and link local. */
    private static final Pattern PRIVATE = Pattern.compile("192\\.168\\..*|169\\.254\\..*"
            + "|172\\.(1[6-9]|2[0-9]|3[01])\\..*|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\..*"
            + "|0:0:0:0:0:0:0:1|::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*");

    private Nearby() {}

    static boolean is(HttpServletRequest request) {
        for (var header : FROM_ELSEWHERE) if (request.getHeader(header) != null) return false;
        var origin = request.getHeader(BrowserOrigin.HEADER);
        if (origin != null && !isOurs(origin, request.getServerName())) return false;
        return isPrivate(request.getRemoteAddr());
    }

    private static boolean isOurs(String origin, @Nullable String host) {
        if (host == null || !(host.equals("localhost") || (isLiteral(host) && isPrivate(host)))) return false;
        return BrowserOrigin.host(origin).filter(host::equals).isPresent();
    }

    /** Not a name that only begins like an address. */
    private static boolean isLiteral(String host) {
        var plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return InetAddresses.isInetAddress(plain);
    }

    /** @param address as Java writes it; IPv6 may be in brackets */
    public static boolean isPrivate(String address) {
        var plain = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
        return plain.startsWith("10.")
                || plain.startsWith("127.")
                || PRIVATE.matcher(plain).matches();
    }
}
