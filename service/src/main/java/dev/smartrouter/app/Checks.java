package dev.smartrouter.app;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.smartrouter.cluster.ClusterClient;
import dev.smartrouter.cluster.Permissions;
import dev.smartrouter.pool.ClusterUnavailableException;
import dev.smartrouter.pool.RedisSurvey;
import dev.smartrouter.pool.RedisUrl;
import dev.smartrouter.pool.StoreUnavailableException;
import dev.smartrouter.tier.InvalidTierConfigException;
import dev.smartrouter.tier.TierConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a router looks at when it starts, looked at without starting one. */
final class Checks {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, String> variables;
    private final Optional<Path> file;
    private final List<Found> found = new ArrayList<>();

    Checks(Map<String, String> variables, Optional<Path> file) {
        this.variables = variables;
        this.file = file;
    }

    /** How a check came out; its text is lower case. */
    enum Verdict {
        OK,
        WRONG,
        UNREACHABLE;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param what one line: the thing, its value and, if it is wrong, what would be right */
    record Found(String check, Verdict verdict, String what) {
        String line() {
            return "%-11s  %-10s  %s".formatted(verdict.text(), check, Variable.oneLine(what));
        }
    }

    List<Found> all() {
        Settings settings;
        try {
            settings = RouterProcess.configuration(variables, file).settings();
        } catch (InvalidSettingException | IllegalStateException e) {
            wrong("settings", String.valueOf(e.getMessage()));
            return List.copyOf(found);
        }
        ok("settings", "as " + file.map(Path::toString).orElse("the environment") + " has them");
        redis(settings.redis());
        if (settings.kubernetes().enabled()) kubernetes(settings.kubernetes());
        return List.copyOf(found);
    }

    private void redis(Settings.Redis redis) {
        try (var survey =
                new RedisSurvey(RedisUrl.parse(redis.url()), redis.prefix(), redis.timeout(), System::nanoTime)) {
            var overview = survey.overview();
            ok("redis", "answers at " + Variable.shown(redis.url()));
            var unfit = survey.unfit();
            if (unfit.isEmpty()) ok("redis", "is fit: its version and maxmemory-policy are as they must be");
            else wrong("redis", unfit);
            tiers(overview.tierConfig());
        } catch (StoreUnavailableException e) {
            add(
                    "redis",
                    Verdict.UNREACHABLE,
                    "REDIS_URL must lead to a Redis that answers within REDIS_TIMEOUT, not '"
                            + Variable.shown(redis.url()) + "': " + e.getMessage());
        }
    }

    private void tiers(String text) {
        if (text.isEmpty()) {
            ok("tiers", "none are stored yet: the first router writes TIER_CONFIG, or the standard tiers");
            return;
        }
        try {
            ok("tiers", "stored are " + TierConfig.parse(text).pools().keySet());
        } catch (InvalidTierConfigException e) {
            wrong("tiers", "the stored tier config is refused: " + e.getMessage());
        }
    }

    private void kubernetes(Settings.Kubernetes kubernetes) {
        var missing = new ArrayList<String>();
        try (var client = ClusterClient.connect(kubernetes.kubeconfig(), TIMEOUT)) {
            Permissions.ask(client, kubernetes.namespace(), missing::add);
            if (missing.isEmpty())
                ok("kubernetes", "allows what a router needs in namespace " + kubernetes.namespace());
        } catch (ClusterUnavailableException e) {
            add("kubernetes", Verdict.UNREACHABLE, "the cluster does not say what is allowed: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            var path = kubernetes.kubeconfig().map(Path::toString).orElse("");
            var refusal = Variables.KUBECONFIG.refusal(path, Variables.ONE_KUBECONFIG);
            wrong("kubernetes", String.valueOf(refusal.getMessage()));
        }
        missing.forEach(line -> wrong("kubernetes", line));
    }

    private void ok(String check, String what) {
        add(check, Verdict.OK, what);
    }

    private void wrong(String check, String what) {
        add(check, Verdict.WRONG, what);
    }

    private void add(String check, Verdict verdict, String what) {
        found.add(new Found(check, verdict, what));
    }
}
