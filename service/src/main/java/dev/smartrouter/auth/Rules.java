package dev.smartrouter.auth;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What each path asks of its callers, on either port. A path without a rule of its own asks for the most; a test holds
 * that no path that is served has none.
 */
public enum Rules {
    /** Of HTTP_PORT. */
    API {
        @Override
        public Optional<Need> find(String path) {
            return Optional.ofNullable(
                    switch (path) {
                        case "/api/v1/allocate", "/api/v1/release" -> Need.ALLOCATE;
                        case "/health", "/ready", "/api/v1/health", "/api/v1/ready" -> Need.NOTHING;
                        case "/api/v1/status", "/api/v1/metrics", "/api/v1/pods", "/api/v1/calls" -> Need.READ;
                        case "/api/v1/drain", "/api/v1/undrain" -> Need.OPERATE;
                        case "/internal/stream-auth" -> Need.PASS;
                        default -> {
                            if (WEBHOOK.matcher(path).matches()) yield Need.SIGNATURE;
                            if (path.startsWith(DASHBOARD)) yield dashboard(path);
                            if (CONFIG.matcher(path).matches()) yield Need.CONFIGURE;
                            yield ONE_THING.matcher(path).matches() ? Need.READ : null;
                        }
                    });
        }
    },
    /** Of METRICS_PORT, which the cluster's network policy keeps for monitors: figures for them, the rest for operators. */
    ADMIN {
        @Override
        public Optional<Need> find(String path) {
            return Optional.ofNullable(
                    switch (path) {
                        case "/metrics", "/api/v1/metrics", "/healthcheck", "/ping" -> Need.NOTHING;
                        case "/", "/threads", "/verify", "/api/v1/drain", "/api/v1/undrain" -> Need.OPERATE;
                        default -> {
                            if (path.startsWith(DASHBOARD)) yield dashboard(path);
                            yield path.startsWith("/tasks/") ? Need.OPERATE : null;
                        }
                    });
        }
    };

    private static final String DASHBOARD = "/dashboard";
    private static final Pattern WEBHOOK = Pattern.compile("/api/v1/(twilio|plivo|exotel)/(allocate|status)"
            + "|/agent/voice/breeze-buddy/(twilio|plivo|exotel)/callback(/[^/]*)?");
    private static final Pattern CONFIG = Pattern.compile("/api/v1/config/(tiers|merchants(/[^/]+)?)");
    private static final Pattern ONE_THING = Pattern.compile("/api/v1/(pod|calls)/[^/]+");

    /** @param path decoded, and without parameters */
    public abstract Optional<Need> find(String path);

    /** The page itself is the same for all, and empty; what fills it is for readers. */
    private static Need dashboard(String path) {
        return switch (path) {
            case "/dashboard/events", "/dashboard/story" -> Need.READ;
            default -> Need.NOTHING;
        };
    }

    Need of(String method, String path) {
        var plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return find(path).or(() -> find(plain)).orElse(Need.OPERATE).by(method);
    }
}
