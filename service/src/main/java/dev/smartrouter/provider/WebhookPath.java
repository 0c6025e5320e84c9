package dev.smartrouter.provider;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose webhook a path is, and of which kind. Reads more than is served, so that nothing is served that was not read: all
 * that is below a provider's name is the provider's.
 */
record WebhookPath(String provider, boolean isStatus) {
    private static final Pattern PATH =
            Pattern.compile("/(?:api/v1|agent/voice/breeze-buddy)/(twilio|plivo|exotel)/.*");
    private static final Pattern STATUS = Pattern.compile("/api/v1/[a-z]+/status/?");
    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

    /** @param path as it came, parameters and all */
    static Optional<WebhookPath> find(String path) {
        if (!path.startsWith("/a")) return Optional.empty();
        var plain = path.indexOf(';') < 0 ? path : PARAMETERS.matcher(path).replaceAll("");
        var match = PATH.matcher(plain);
        if (!match.matches()) return Optional.empty();
        return Optional.of(new WebhookPath(match.group(1), STATUS.matcher(plain).matches()));
    }
}
