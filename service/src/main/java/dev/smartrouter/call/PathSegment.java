package dev.smartrouter.call;

import java.nio.charset.StandardCharsets;

/** Any text as one segment of a URL's path (RFC 3986): only unreserved characters stay as they are. */
final class PathSegment {
    private static final String UNRESERVED = "-._~";

    private PathSegment() {}

    static String encode(String text) {
        // A segment of dots means "here" or "above" to whoever normalises the URL.
        if (text.equals(".") || text.equals("..")) return text.replace(".", "%2E");
        var encoded = new StringBuilder(text.length());
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xff);
            if (isUnreserved(c)) encoded.append(c);
            else encoded.append(String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || UNRESERVED.indexOf(c) >= 0;
    }
}
