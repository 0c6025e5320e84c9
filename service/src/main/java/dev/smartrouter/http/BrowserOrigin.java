package dev.smartrouter.http;

import java.net.URI;
import java.util.Optional;

/** The header by which a browser says whose page sends a request (RFC 6454, section 7). */
public final class BrowserOrigin {
    public static final String HEADER = "Origin";

    private BrowserOrigin() {}

    /** The host that it names; empty if it names none, as {@code null} does. */
    public static Optional<String> host(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getHost());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
