package dev.smartrouter.app;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartrouter.pool.AbandonedClaims;
import dev.smartrouter.pool.Mirror;
import dev.smartrouter.pool.RedisPools;
import dev.smartrouter.pool.RedisRecovery;
import dev.smartrouter.pool.RedisRoster;
import dev.smartrouter.pool.RedisStore;
import dev.smartrouter.pool.RedisSurvey;
import dev.smartrouter.pool.RedisTierConfig;
import dev.smartrouter.pool.RedisUpkeep;
import dev.smartrouter.pool.StoreUnavailableException;
import dev.smartrouter.tier.LiveTierConfig;
import dev.smartrouter.tier.TierConfig;
import dev.smartrouter.verify.Mender;
import dev.smartrouter.verify.Mender.Outcome;
import dev.smartrouter.verify.Verifier;
import io.dropwizard.logging.common.BootstrapLogging;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** {@code verify}: is the store whole? By the router's own settings of Redis; no router need run. */
final class VerifyCommand {
    /** The store is whole. */
    static final int WHOLE = 0;
    /** Something is wrong; after a repair: something is left. */
    static final int FOUND = 1;
    /** It could not be checked, or not all of it in time and so far nothing is wrong. */
    static final int UNCHECKED = 2;
    /** Something was wrong, and all of it is mended. */
    static final int REPAIRED = 3;

    private final Map<String, String> variables;
    private final LongSupplier nanos = System::nanoTime;

    private VerifyCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    /** @return the exit code */
    static int run(Map<String, String> variables, PrintStream out, PrintStream errors, List<String> args) {
        BootstrapLogging.bootstrap(Level.OFF);
        try {
            var options = VerifyOptions.of(args);
            Settings.check(variables);
            var outcome = new VerifyCommand(variables).outcome(options);
            print(outcome, options, out);
            return code(outcome);
        } catch (IllegalArgumentException e) {
            errors.println(e.getMessage());
        } catch (StoreUnavailableException e) {
            errors.println(Variable.oneLine("cannot check: " + e.getMessage()));
        }
        return UNCHECKED;
    }

    private Outcome outcome(VerifyOptions options) {
        var redis = Settings.Redis.in(variables);
        var url = redis.address();
        var rhythm =
                new Verifier.Rhythm(Variables.CLEANUP_INTERVAL.in(variables), Variables.AUDIT_INTERVAL.in(variables));
        var unless = Variables.TIER_CONFIG.in(variables).map(TierConfig::parse).orElse(TierConfig.DEFAULT);
        var verifier =
                new Verifier(() -> new RedisSurvey(url, redis.prefix(), redis.timeout(), nanos), unless, rhythm, nanos);
        if (!options.repair()) {
            var report = verifier.verify(options.timeout());
            return new Outcome(report, report);
        }
        verifier.verify(Duration.ZERO); // says at once, and better, if Redis is not there
        var lease = Variables.LEASE_TTL.in(variables);
        try (var store = new RedisStore(url, redis.prefix(), redis.timeout(), lease, nanos)) {
            return new Mender(verifier, transitions(store), Variables.DRAINING_TTL.in(variables))
                    .mend(options.timeout());
        }
    }

    private Mender.Transitions transitions(RedisStore store) {
        var tiers = new LiveTierConfig(new RedisTierConfig(store), Variables.TIER_CONFIG.in(variables), () -> false);
        tiers.tick();
        var kept = Variables.CALL_INFO_TTL.in(variables);
        var claims = new AbandonedClaims(store, "verify");
        return new Mender.Transitions(
                new RedisUpkeep(store, tiers),
                new RedisRoster(store, tiers),
                new RedisPools(store, tiers, kept, claims, new Mirror(nanos)),
                new RedisRecovery(store, tiers, kept));
    }

    private static int code(Outcome outcome) {
        if (!outcome.after().findings().isEmpty()) return FOUND;
        if (!outcome.after().complete()) return UNCHECKED;
        return outcome.before().findings().isEmpty() ? WHOLE : REPAIRED;
    }

    private static void print(Outcome outcome, VerifyOptions options, PrintStream out) {
        if (options.json()) {
            try {
                out.println(JsonMapper.builder().build().writeValueAsString(VerifyBody.of(outcome, options.repair())));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a report can always be written", e);
            }
            return;
        }
        outcome.before().findings().forEach(finding -> out.println(finding.line()));
        out.println(outcome.before().summary());
        if (!options.repair()) return;
        outcome.after().findings().forEach(finding -> out.println("left: " + finding.line() + finding.why()));
        out.println("after repair " + outcome.after().summary());
    }
}
