package dev.smartrouter.app;

import dev.smartrouter.auth.ApiKeys;
import dev.smartrouter.auth.AuthMode;
import dev.smartrouter.auth.Secret;
import dev.smartrouter.call.StreamUrl;
import dev.smartrouter.pool.RedisUrl;
import dev.smartrouter.provider.Keyring;
import dev.smartrouter.provider.Networks;
import dev.smartrouter.provider.PublicUrl;
import dev.smartrouter.provider.WebhookMode;
import dev.smartrouter.provider.WebhookTrust;
import dev.smartrouter.tier.TierConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every environment variable that the router reads. */
final class Variables {
    static final String ONE_KUBECONFIG = "the path of one kubeconfig file";

    static final Variable<Integer> HTTP_PORT = port("HTTP_PORT", "8080", 0);
    static final Variable<Integer> METRICS_PORT = port("METRICS_PORT", "9090", 0);
    static final Variable<Duration> SHUTDOWN_DELAY = duration("SHUTDOWN_DELAY", "3s", "0s", "5m");
    static final Variable<Duration> REQUEST_TIMEOUT = duration("REQUEST_TIMEOUT", "20s", "1s", "10m");
    static final Variable<Integer> MAX_CONNECTIONS =
            new Variable<>("MAX_CONNECTIONS", "10000", Read.whole("a number", 10, 1_000_000));
    static final Variable<DashboardPorts> DASHBOARD =
            new Variable<>("DASHBOARD", "admin", Read.oneOf(DashboardPorts.class));

    static final Variable<String> REDIS_URL =
            new Variable<>("REDIS_URL", "redis://localhost:6379", Variables::redisUrl);
    static final Variable<Optional<Path>> REDIS_PASSWORD_FILE = file("REDIS_PASSWORD_FILE", "a file with a password");
    static final Variable<Optional<Path>> REDIS_CA_FILE = file("REDIS_CA_FILE", "a file with certificates in PEM");
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

    static final Variable<AuthMode> AUTH_MODE = new Variable<>("AUTH_MODE", "auto", Read.oneOf(AuthMode.class));
    static final Variable<ApiKeys> API_KEYS = secret("API_KEYS", ApiKeys::parse);
    static final Variable<String> API_KEYS_FILE =
            new Variable<>("API_KEYS_FILE", "", Read.matching("[^\\p{Cntrl}]{0,4096}", "the path of a file"));

    static final Variable<Optional<PublicUrl>> PUBLIC_BASE_URL = new Variable<>(
            "PUBLIC_BASE_URL", "", text -> text.isEmpty() ? Optional.empty() : Optional.of(PublicUrl.parse(text)));
    static final Variable<Map<String, WebhookMode>> WEBHOOK_AUTH =
            new Variable<>("WEBHOOK_AUTH", "", WebhookTrust::modes);
    static final Variable<Keyring<Secret>> TWILIO_AUTH_TOKEN = secret("TWILIO_AUTH_TOKEN", Keyring::parse);
    static final Variable<Keyring<Secret>> PLIVO_AUTH_TOKEN = secret("PLIVO_AUTH_TOKEN", Keyring::parse);
    static final Variable<Keyring<Secret>> EXOTEL_SECRET = secret("EXOTEL_SECRET", Keyring::parse);
    static final Variable<Networks> EXOTEL_NETWORKS = new Variable<>("EXOTEL_NETWORKS", "", Networks::parse);
    static final Variable<List<Secret>> STREAM_SECRET = secret("STREAM_SECRET", Variables::streamSecrets);

    static final List<Variable<?>> ALL = List.of(
            HTTP_PORT,
            METRICS_PORT,
            SHUTDOWN_DELAY,
            REQUEST_TIMEOUT,
            MAX_CONNECTIONS,
            DASHBOARD,
            REDIS_URL,
            REDIS_PASSWORD_FILE,
            REDIS_CA_FILE,
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
            AUTH_MODE,
            API_KEYS,
            API_KEYS_FILE,
            PUBLIC_BASE_URL,
            WEBHOOK_AUTH,
            TWILIO_AUTH_TOKEN,
            PLIVO_AUTH_TOKEN,
            EXOTEL_SECRET,
            EXOTEL_NETWORKS,
            STREAM_SECRET);

    private Variables() {}

    private static Variable<Integer> port(String name, String standard, int least) {
        return new Variable<>(name, standard, Read.whole("a port", least, 65_535));
    }

    private static Variable<Duration> duration(String name, String standard, String least, String most) {
        return new Variable<>(name, standard, Read.duration(least, most));
    }

    private static <T> Variable<T> secret(String name, Function<String, T> reader) {
        return new Variable<>(name, "", true, reader);
    }

    private static Variable<Boolean> flag(String name, String standard) {
        return new Variable<>(name, standard, Read::flag);
    }

    private static Variable<Optional<Path>> file(String name, String remedy) {
        return new Variable<>(name, "", text -> {
            if (text.isEmpty()) return Optional.empty();
            try {
                var path = Path.of(text);
                if (Files.isReadable(path) && !Files.isDirectory(path)) return Optional.of(path);
            } catch (InvalidPathException e) {
                // such a file is not there
            }
            throw new IllegalArgumentException(remedy + ", there and readable");
        });
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

    /** Ours alone, so they can be long. */
    private static List<Secret> streamSecrets(String text) {
        var secrets = Secret.listOf(text);
        if (secrets.stream().anyMatch(secret -> secret.text().length() < 16)) {
            throw new IllegalArgumentException("a comma list of secrets of at least 16 characters");
        }
        return secrets;
    }
}
