package dev.smartrouter.app;

import dev.smartrouter.auth.ApiKeys;
import dev.smartrouter.auth.AuthMode;
import dev.smartrouter.auth.Secret;
import dev.smartrouter.call.StreamUrl;
import dev.smartrouter.pool.RedisUrl;
import dev.smartrouter.provider.PublicUrl;
import dev.smartrouter.provider.WebhookTrust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an operator can set, checked: each value by itself and those that must fit each other. */
public record Settings(
        Listening listening,
        Redis redis,
        Agents agents,
        Kubernetes kubernetes,
        Election election,
        Intervals intervals,
        Lifetimes lifetimes,
        Logging logging,
        Access access,
        WebhookTrust webhooks) {

    /**
     * @param http port of the API; 0: any free one
     * @param metrics port for operators; 0: any free one
     * @param shutdownDelay from SIGTERM, when readiness fails, to refusing connections
     * @param requestTimeout from a request's first byte to the end of its answer
     * @param mostConnections to the API at one time; others wait to be accepted
     */
    public record Listening(
            int http,
            int metrics,
            Duration shutdownDelay,
            Duration requestTimeout,
            int mostConnections,
            DashboardPorts dashboard) {}

    /**
     * @param url with its password, if it has one
     * @param passwordFile where a password is that stands in no variable
     * @param caFile who signs the server's certificate; empty: whoever Java trusts
     * @param prefix of all keys
     * @param timeout for connecting and for each reply
     */
    public record Redis(
            String url, Optional<Path> passwordFile, Optional<Path> caFile, String prefix, Duration timeout) {
        static Redis in(Map<String, String> values) {
            var redis = new Redis(
                    Variables.REDIS_URL.in(values),
                    Variables.REDIS_PASSWORD_FILE.in(values),
                    Variables.REDIS_CA_FILE.in(values),
                    Variables.REDIS_PREFIX.in(values),
                    Variables.REDIS_TIMEOUT.in(values));
            if (redis.url.startsWith("redis-cluster:") && !redis.prefix.startsWith("{")) {
                throw Variables.REDIS_PREFIX.refusal(
                        redis.prefix, "in braces for a cluster, such as {voice}:, so that all keys share a slot");
            }
            try {
                var unused = redis.address();
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(Variable.oneLine(String.valueOf(e.getMessage())));
            }
            return redis;
        }

        /**
         * Where Redis is, and how to get in.
         *
         * @throws IllegalArgumentException if a file is none of its kind, or has nothing to do there
         */
        RedisUrl address() {
            var address = RedisUrl.parse(url);
            if (passwordFile.isPresent()) address = address.withPasswordIn(passwordFile.get());
            if (caFile.isPresent()) address = address.trusting(caFile.get());
            return address;
        }

        /** Without the password. */
        @Override
        public String toString() {
            return Variable.shown(url) + " prefix " + prefix + " timeout " + timeout;
        }
    }

    /**
     * @param baseUrl where callers' audio goes, without a slash at its end
     * @param tierConfig the text of TIER_CONFIG, if it is set
     * @param streamSecrets of the passes in URLs; none if there are no passes
     */
    public record Agents(
            String baseUrl, String wsUrlTemplate, Optional<String> tierConfig, List<Secret> streamSecrets) {}

    /**
     * @param podName of this router, empty if it is not told
     * @param agentContainer empty: the pod's first
     * @param kubeconfig empty: the cluster this runs in, or the user's own
     */
    public record Kubernetes(
            boolean enabled,
            String namespace,
            String podLabelSelector,
            Optional<String> podName,
            Optional<String> agentContainer,
            int agentPort,
            Optional<Path> kubeconfig) {}

    /** How the leader is elected; retry < renew deadline < lease. */
    public record Election(boolean enabled, Duration lease, Duration renewDeadline, Duration retry) {}

    /** From the end of one turn of a loop to the start of its next. */
    public record Intervals(Duration cleanup, Duration audit, Duration reconcile) {}

    /** How long things are kept, or waited for. */
    public record Lifetimes(
            Duration callInfo, Duration lease, Duration draining, Duration recoveryWait, Duration quarantine) {}

    public record Logging(LogLevel level, LogFormat format) {}

    /** Who may use the API. */
    public record Access(AuthMode mode, ApiKeys keys, Optional<Path> keysFile) {}

    /**
     * @param values texts by the names of their variables; one that is missing or empty has its default
     * @throws InvalidSettingException if a value is wrong, a required one is missing, or two do not fit
     */
    public static Settings of(Map<String, String> values) {
        refuseUnknown(values);
        return fitting(new Settings(
                new Listening(
                        Variables.HTTP_PORT.in(values),
                        Variables.METRICS_PORT.in(values),
                        Variables.SHUTDOWN_DELAY.in(values),
                        Variables.REQUEST_TIMEOUT.in(values),
                        Variables.MAX_CONNECTIONS.in(values),
                        Variables.DASHBOARD.in(values)),
                Redis.in(values),
                new Agents(
                        Variables.VOICE_AGENT_BASE_URL.in(values),
                        Variables.WS_URL_TEMPLATE.in(values),
                        Variables.TIER_CONFIG.in(values),
                        Variables.STREAM_SECRET.in(values)),
                new Kubernetes(
                        Variables.KUBERNETES_ENABLED.in(values),
                        Variables.NAMESPACE.in(values),
                        Variables.POD_LABEL_SELECTOR.in(values),
                        some(Variables.POD_NAME.in(values)),
                        some(Variables.AGENT_CONTAINER.in(values)),
                        Variables.AGENT_PORT.in(values),
                        some(Variables.KUBECONFIG.in(values)).map(Path::of)),
                new Election(
                        Variables.LEADER_ELECTION_ENABLED.in(values),
                        Variables.LEADER_LEASE_DURATION.in(values),
                        Variables.LEADER_RENEW_DEADLINE.in(values),
                        Variables.LEADER_RETRY_PERIOD.in(values)),
                new Intervals(
                        Variables.CLEANUP_INTERVAL.in(values),
                        Variables.AUDIT_INTERVAL.in(values),
                        Variables.RECONCILE_INTERVAL.in(values)),
                new Lifetimes(
                        Variables.CALL_INFO_TTL.in(values),
                        Variables.LEASE_TTL.in(values),
                        Variables.DRAINING_TTL.in(values),
                        Variables.RECOVERY_WAIT.in(values),
                        Variables.QUARANTINE.in(values)),
                new Logging(Variables.LOG_LEVEL.in(values), Variables.LOG_FORMAT.in(values)),
                new Access(
                        Variables.AUTH_MODE.in(values),
                        Variables.API_KEYS.in(values),
                        some(Variables.API_KEYS_FILE.in(values)).map(Path::of)),
                new WebhookTrust(
                        Variables.PUBLIC_BASE_URL.in(values),
                        Variables.WEBHOOK_AUTH.in(values),
                        Variables.TWILIO_AUTH_TOKEN.in(values),
                        Variables.PLIVO_AUTH_TOKEN.in(values),
                        Variables.EXOTEL_SECRET.in(values),
                        Variables.EXOTEL_NETWORKS.in(values))));
    }

    /**
     * Checks what is set, each value by itself, in an environment that also holds other things.
     *
     * @throws InvalidSettingException if one is wrong
     */
    static void check(Map<String, String> environment) {
        for (var variable : Variables.ALL) {
            if (!environment.getOrDefault(variable.name(), "").isBlank()) variable.in(environment);
        }
    }

    private static void refuseUnknown(Map<String, String> values) {
        var unknown = new TreeSet<>(values.keySet());
        Variables.ALL.forEach(variable -> unknown.remove(variable.name()));
        if (!unknown.isEmpty()) {
            throw new InvalidSettingException("settings must be some of "
                    + Variables.ALL.stream().map(Variable::name).collect(Collectors.joining(" ")) + ", not '"
                    + Variable.shown(unknown.getFirst()) + "'");
        }
    }

    private static Settings fitting(Settings settings) {
        var ports = settings.listening;
        if (ports.http != 0 && ports.http == ports.metrics) {
            throw Variables.METRICS_PORT.refusal(ports.metrics, "another port than HTTP_PORT");
        }
        try {
            var unused = new StreamUrl(settings.agents.baseUrl, settings.agents.wsUrlTemplate);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(Variable.oneLine(String.valueOf(e.getMessage())));
        }
        var election = settings.election;
        if (election.renewDeadline.compareTo(election.lease) >= 0) {
            throw Variables.LEADER_RENEW_DEADLINE.refusal(
                    text(election.renewDeadline), "shorter than LEADER_LEASE_DURATION (" + text(election.lease) + ")");
        }
        // the elector wants room for a second try after a jittered wait of up to 1.2 times the period
        if (election.retry.multipliedBy(6).compareTo(election.renewDeadline.multipliedBy(5)) >= 0) {
            throw Variables.LEADER_RETRY_PERIOD.refusal(
                    text(election.retry),
                    "shorter than 1/1.2 of LEADER_RENEW_DEADLINE (" + text(election.renewDeadline) + ")");
        }
        return guarded(settings);
    }

    /** Better no start than one that seems to guard a door and does not. */
    private static Settings guarded(Settings settings) {
        var access = settings.access;
        if (access.mode == AuthMode.ENFORCE && access.keys.isEmpty() && access.keysFile.isEmpty()) {
            throw Variables.AUTH_MODE.refusal(
                    "enforce", "auto or off as long as neither API_KEYS nor API_KEYS_FILE is set");
        }
        if (settings.webhooks.lacksPublicUrl()) {
            throw Variables.PUBLIC_BASE_URL.refusal(
                    "", "set, as TWILIO_AUTH_TOKEN or PLIVO_AUTH_TOKEN is: " + PublicUrl.REMEDY);
        }
        var agents = settings.agents;
        if (StreamUrl.hasPass(agents.wsUrlTemplate) == agents.streamSecrets.isEmpty()) {
            throw Variables.WS_URL_TEMPLATE.refusal(
                    agents.wsUrlTemplate, "with {mac} if STREAM_SECRET is set, and without it if not");
        }
        return settings;
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }
}
