package dev.smartrouter.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * Where the world calls the router: what providers sign begins with it. It is a setting, as whoever sends a request chooses
 * its Host header.
 *
 * @param base scheme, host, port if any, and path if any, without a slash at its end
 */
public record PublicUrl(String base) {
    public static final String REMEDY =
            "where providers call this router, https://host[:port][/path], without query, fragment or user";

    private static final int NONE = -1;

    /** @throws IllegalArgumentException if it is none; the message says what would be right */
    public static PublicUrl parse(String text) {
        try {
            var url = new URI(text);
            var scheme = String.valueOf(url.getScheme());
            if ((scheme.equals("https") || scheme.equals("http"))
                    && url.getHost() != null
                    && url.getPort() <= 65_535
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                return new PublicUrl(text.replaceAll("/+$", ""));
            }
        } catch (URISyntaxException e) {
            // as wrong as another scheme
        }
        throw new IllegalArgumentException(REMEDY);
    }

    /** As it is set, and with its port said or unsaid: providers do either. */
    List<String> forms() {
        var url = URI.create(base);
        var path = url.getRawPath();
        var host = url.getScheme() + "://" + url.getHost();
        if (url.getPort() != NONE) return List.of(base, host + path);
        return List.of(base, host + (url.getScheme().equals("https") ? ":443" : ":80") + path);
    }
}
