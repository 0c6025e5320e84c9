package dev.smartrouter.simulator.scenario;

import dev.smartrouter.app.InvalidSettingException;
import dev.smartrouter.app.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A scenario's settings of the router, and what they are in a story told faster. */
final class RouterSettings {
    /** What whoever starts the routers decides. */
    private static final Set<String> NOT_OURS = Set.of(
            "HTTP_PORT",
            "METRICS_PORT",
            "REDIS_URL",
            "VOICE_AGENT_BASE_URL",
            "TIER_CONFIG",
            "NAMESPACE",
            "POD_NAME",
            "KUBECONFIG",
            "AGENT_PORT");

    private static final Duration LEAST_LOOP = Duration.ofMillis(100);

    private RouterSettings() {}

    /** @throws Wrong for a variable that is not a scenario's to set, or a value that the router would refuse */
    static void check(Map<String, String> overrides) {
        for (var name : new TreeMap<>(overrides).keySet()) {
            if (NOT_OURS.contains(name)) throw new Wrong(name, "must not be here: the simulator sets it");
        }
        try {
            Settings.of(complete(overrides));
        } catch (InvalidSettingException e) {
            var message = String.valueOf(e.getMessage());
            var culprit = overrides.keySet().stream()
                    .sorted()
                    .filter(name -> message.startsWith(name + " ") || message.endsWith("'" + name + "'"))
                    .findFirst();
            throw new Wrong(culprit.orElse(""), message);
        }
    }

    /**
     * The overrides, and every duration of the router that belongs to the story divided by the speed, as far as the
     * router lets it be. How patient it is with Redis, and how long Redis keeps things, are not of the story.
     */
    static SortedMap<String, String> scaled(Map<String, String> overrides, double speed) {
        var pace = new Pace(speed);
        var settings = Settings.of(complete(overrides));
        var scaled = new TreeMap<>(overrides);
        var election = settings.election();
        // the lease up and the others down: one shorter than the other stays so
        var lease = atLeast(Duration.ofSeconds(1), pace.of(election.lease()).plusNanos(999_999));
        var renew = atLeast(Duration.ofMillis(500), pace.of(election.renewDeadline()));
        var retry = atLeast(Duration.ofMillis(50), pace.of(election.retry()));
        var longestRetry = Duration.ofMillis((renew.toMillis() * 5 - 1) / 6);
        put(scaled, "LEADER_LEASE_DURATION", lease);
        put(scaled, "LEADER_RENEW_DEADLINE", renew);
        put(scaled, "LEADER_RETRY_PERIOD", retry.compareTo(longestRetry) < 0 ? retry : longestRetry);
        var intervals = settings.intervals();
        put(scaled, "CLEANUP_INTERVAL", atLeast(LEAST_LOOP, pace.of(intervals.cleanup())));
        put(scaled, "AUDIT_INTERVAL", atLeast(LEAST_LOOP, pace.of(intervals.audit())));
        put(scaled, "RECONCILE_INTERVAL", atLeast(LEAST_LOOP, pace.of(intervals.reconcile())));
        var lifetimes = settings.lifetimes();
        put(scaled, "DRAINING_TTL", atLeast(Duration.ofSeconds(1), pace.of(lifetimes.draining())));
        put(scaled, "RECOVERY_WAIT", atLeast(Duration.ofMillis(100), pace.of(lifetimes.recoveryWait())));
        put(scaled, "QUARANTINE", pace.of(lifetimes.quarantine()));
        put(scaled, "SHUTDOWN_DELAY", pace.of(settings.listening().shutdownDelay()));
        return scaled;
    }

    private static Map<String, String> complete(Map<String, String> overrides) {
        var all = new HashMap<>(overrides);
        all.put("VOICE_AGENT_BASE_URL", "ws://localhost"); // the one that has no default
        return all;
    }

    private static Duration atLeast(Duration least, Duration duration) {
        return duration.compareTo(least) < 0 ? least : duration;
    }

    private static void put(Map<String, String> settings, String name, Duration duration) {
        settings.put(name, Times.text(duration));
    }
}
