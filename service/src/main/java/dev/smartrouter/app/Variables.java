package dev.smartrouter.app;

import dev.smartrouter.call.StreamUrl;
import dev.smartrouter.pool.RedisUrl;
import dev.smartrouter.tier.TierConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every environment variable that the router reads. */
final class Variables {
    static final String ONE_KUBECONFIG = "the path of one kubeconfig file";

    static final Variable<Integer> HTTP_PORT = port("HTTP_PORT", "8080", 0);
    static final Variable<Integer> METRICS_PORT = port("METRICS_PORT", "9090", 0);
    static final Variable<Duration> SHUTDOWN_DELAY = duration("SHUTDOWN_DELAY", "3s", "0s", "5m");
    static final Variable<DashboardPorts> DASHBOARD =
            new Variable<>("DASHBOARD", "admin", Read.oneOf(DashboardPorts.class));

    static final Variable<String> REDIS_URL =
            new Variable<>("REDIS_URL", "redis://localhost:6379", Variables::redisUrl);
    static final Variable<String> REDIS_PREFIX = new Variable<>(
            "REDIS_PREFIX",
            "voice:",
            Read.matching(
                    "(\\{[A-Za-z0-9_.:-]{1,60}})?[A-Za-z0-9_.:-]{0,60}:",
                    "1 to 60 of A-Z a-z 0-9 _ . : - ending in a colon, such as voice: or (for a cluster) {voice}:"));
    static final Variable<Duration> REDIS_TIMEOUT = duration("REDIS_TIMEOUT", "250ms", "10ms", "800ms");

    static final Variable<String> VOICE_AGENT_BASE_URL = new Variable<>("VOICE_AGENT_BASE_URL", "", Variables::baseUrl);
    static final Variable<String> WS_URL_TEMPLATE =
            new Variable<>("WS_URL_TEMPLATE", StreamUrl.DEFAULT_TEMPLATE, Variables::template);
    static final Variable<Optional<String>> TIER_CONFIG = new Variable<>("TIER_CONFIG", "", Variables::tierConfig);

    static final Variable<Boolean> KUBERNETES_ENABLED = flag("KUBERNETES_ENABLED", "true");
    static final Variable<String> NAMESPACE = new Variable<>(
            "NAMESPACE",
            "voice-system",
            Read.matching("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", "a DNS-1123 label (1 to 63 of a-z 0-9 -)"));
    static final Variable<String> POD_LABEL_SELECTOR = new Variable<>(
            "POD_LABEL_SELECTOR",
            "app=voice-agent",
            Read.matching("[A-Za-z0-9!=,()/._ -]{1,1000}", "a label selector such as app=voice-agent"));
    static final Variable<String> POD_NAME = new Variable<>(
            "POD_NAME",
            "",
            Read.matching(
                    "([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)?", "a host name (1 to 253 of A-Z a-z 0-9 . -)"));
    static final Variable<String> AGENT_CONTAINER = new Variable<>(
            "AGENT_CONTAINER",
            "",
            Read.matching("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?", "a container's name (1 to 63 of a-z 0-9 -)"));
    static final Variable<String> KUBECONFIG =
            new Variable<>("KUBECONFIG", "", Read.matching("([^\\p{Cntrl}:]{1,4096})?", Variables.ONE_KUBECONFIG));
    static final Variable<Integer> AGENT_PORT = port("AGENT_PORT", "8000", 1);

    static final Variable<Boolean> LEADER_ELECTION_ENABLED = flag("LEADER_ELECTION_ENABLED", "true");
    static final Variable<Duration> LEADER_LEASE_DURATION = duration("LEADER_LEASE_DURATION", "15s", "1s", "5m");
    static final Variable<Duration> LEADER_RENEW_DEADLINE = duration("LEADER_RENEW_DEADLINE", "10s", "500ms", "5m");
    static final Variable<Duration> LEADER_RETRY_PERIOD = duration("LEADER_RETRY_PERIOD", "500ms", "50ms", "1m");

    static final Variable<Duration> CLEANUP_INTERVAL = duration("CLEANUP_INTERVAL", "30s", "100ms", "1h");
    static final Variable<Duration> AUDIT_INTERVAL = duration("AUDIT_INTERVAL", "5s", "100ms", "1h");
    static final Variable<Duration> RECONCILE_INTERVAL = duration("RECONCILE_INTERVAL", "60s", "100ms", "1h");

    static final Variable<Duration> CALL_INFO_TTL = duration("CALL_INFO_TTL", "24h", "10m", "720h");
    static final Variable<Duration> LEASE_TTL = duration("LEASE_TTL", "24h", "1m", "720h");
    static final Variable<Duration> DRAINING_TTL = duration("DRAINING_TTL", "6m", "1s", "24h");
    static final Variable<Duration> RECOVERY_WAIT = duration("RECOVERY_WAIT", "10s", "100ms", "5m");
    static final Variable<Duration> QUARANTINE = duration("QUARANTINE", "15m", "0s", "24h");

    static final Variable<LogLevel> LOG_LEVEL = new Variable<>("LOG_LEVEL", "info", Read.oneOf(LogLevel.class));
    static final Variable<LogFormat> LOG_FORMAT = new Variable<>("LOG_FORMAT", "json", Read.oneOf(LogFormat.class));
    static final Variable<AuthMode> AUTH_MODE = new Variable<>("AUTH_MODE", "auto", Variables::authMode);

    static final List<Variable<?>> ALL = List.of(
            HTTP_PORT,
            METRICS_PORT,
            SHUTDOWN_DELAY,
            DASHBOARD,
            REDIS_URL,
            REDIS_PREFIX,
            REDIS_TIMEOUT,
            VOICE_AGENT_BASE_URL,
            WS_URL_TEMPLATE,
            TIER_CONFIG,
            KUBERNETES_ENABLED,
            NAMESPACE,
            POD_LABEL_SELECTOR,
            POD_NAME,
            AGENT_CONTAINER,
            AGENT_PORT,
            KUBECONFIG,
            LEADER_ELECTION_ENABLED,
            LEADER_LEASE_DURATION,
            LEADER_RENEW_DEADLINE,
            LEADER_RETRY_PERIOD,
            CLEANUP_INTERVAL,
            AUDIT_INTERVAL,
            RECONCILE_INTERVAL,
            CALL_INFO_TTL,
            LEASE_TTL,
            DRAINING_TTL,
            RECOVERY_WAIT,
            QUARANTINE,
            LOG_LEVEL,
            LOG_FORMAT,
            AUTH_MODE);

    private Variables() {}

    private static Variable<Integer> port(String name, String standard, int least) {
        return new Variable<>(name, standard, Read.whole("a port", least, 65_535));
    }

    private static Variable<Duration> duration(String name, String standard, String least, String most) {
        return new Variable<>(name, standard, Read.duration(least, most));
    }

    private static Variable<Boolean> flag(String name, String standard) {
        return new Variable<>(name, standard, Read::flag);
    }

    private static String redisUrl(String text) {
        try {
            RedisUrl.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "redis://[user:password@]host[:6379][/db], rediss://…, "
                            + "redis-sentinel://[user:password@]host[:26379],…/master[?db=0] "
                            + "or redis-cluster://[user:password@]host[:6379],…",
                    e);
        }
    }

    /** Without the slashes at its end, since a template brings its own. */
    private static String baseUrl(String text) {
        try {
            var url = new URI(text);
            var scheme = String.valueOf(url.getScheme());
            if ((scheme.equals("ws") || scheme.equals("wss"))
                    && url.getHost() != null
                    && url.getPort() <= 65_535
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                return text.replaceAll("/+$", "");
            }
        } catch (URISyntaxException e) {
            // braces, blanks and the like: as wrong as another scheme
        }
        throw new IllegalArgumentException(
                "where callers' audio goes, ws://host[:port][/path] or wss://…, without query, fragment, user or braces");
    }

    private static String template(String text) {
        try {
            var unused = new StreamUrl("wss://agents.example", text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(Variable.oneLine(String.valueOf(e.getMessage())));
        }
    }

    private static Optional<String> tierConfig(String text) {
        if (text.isEmpty()) return Optional.empty();
        try {
            TierConfig.parse(text);
            return Optional.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "tiers such as {\"gold\":{\"type\":\"exclusive\",\"target\":1}} (" + e.getMessage() + ")", e);
        }
    }

    /** Better no start than one that seems to guard a door and does not. */
    private static AuthMode authMode(String text) {
        var mode = Read.oneOf(AuthMode.class).apply(text);
        if (mode == AuthMode.ENFORCE) {
            throw new IllegalArgumentException(
                    "auto or off, as nothing is enforced yet: keep the API inside the cluster");
        }
        return mode;
    }
}
