package dev.smartrouter.verify;

import static java.util.stream.Collectors.toSet;

import dev.smartrouter.pool.RedisSurvey;
import dev.smartrouter.pool.RedisSurvey.Kind;
import dev.smartrouter.pool.RedisSurvey.Symptom;
import dev.smartrouter.tier.InvalidTierConfigException;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks through a live store for what breaks a {@link Law}. What looks wrong is looked at again a little later, and
 * counts only if it is still so: what came between two reads is no fault. What a router's audit will mend by itself
 * counts only if it outlives the next one.
 */
public final class Verifier {
    private static final Duration APART = Duration.ofMillis(250);
    private static final int AUDITED_PER_SECOND = 2_000;

    private final Supplier<RedisSurvey> surveys;
    private final TierConfig unless;
    private final Rhythm rhythm;
    private final LongSupplier nanos;
    private final Duration apart;
    private long token;

    /**
     * How often the routers do what they do by themselves.
     *
     * @param sweep what has outlived its deadline by two of these should have ended
     * @param audit from the start of one round to that of the next
     */
    public record Rhythm(Duration sweep, Duration audit) {}

    /** What is wrong with what, whatever the values. */
    private record Suspicion(RedisSurvey.Thing thing, String law) {
        static Suspicion of(Symptom symptom) {
            return new Suspicion(symptom.thing(), symptom.law());
        }
    }

    /**
     * @param surveys a new connection each time
     * @param unless the tier config, if the store has none
     * @param nanos monotonic time in ns
     */
    public Verifier(Supplier<RedisSurvey> surveys, TierConfig unless, Rhythm rhythm, LongSupplier nanos) {
        this(surveys, unless, rhythm, nanos, APART);
    }

    /** @param apart from one look at a suspect to the next */
    Verifier(Supplier<RedisSurvey> surveys, TierConfig unless, Rhythm rhythm, LongSupplier nanos, Duration apart) {
        this.apart = apart;
        this.surveys = surveys;
        this.unless = unless;
        this.rhythm = rhythm;
        this.nanos = nanos;
    }

    /**
     * Looks at the store once, for about this long at most.
     *
     * @throws dev.smartrouter.pool.StoreUnavailableException if Redis does not answer
     */
    public synchronized Report verify(Duration atMost) {
        var start = nanos.getAsLong();
        var end = start + atMost.toNanos();
        var overdue = rhythm.sweep().multipliedBy(2);
        try (var survey = surveys.get()) {
            var overview = survey.overview();
            var look = new Look(survey, modes(overview), overdue, () -> nanos.getAsLong() - end >= 0);
            var complete = look.all();
            var pods = look.count(Kind.POD);
            var symptoms = again(survey, look.suspects(), apart);
            var patience = patience(overview, pods).toNanos();
            var since = nanos.getAsLong();
            while (symptoms.stream().anyMatch(Verifier::awaitsAudit)) {
                var now = nanos.getAsLong();
                if (now - since >= patience) break;
                if (now - end >= 0) {
                    complete = false;
                    symptoms.removeIf(Verifier::awaitsAudit);
                    break;
                }
                symptoms = again(survey, symptoms, apart.multipliedBy(2));
            }
            var findings = findings(symptoms);
            compareTokens(survey.overview().token(), overview.token(), findings);
            return new Report(
                    findings, complete, pods, look.count(Kind.CALL), Duration.ofNanos(nanos.getAsLong() - start));
        }
    }

    /** What is still wrong with the same things, a little later. */
    private List<Symptom> again(RedisSurvey survey, List<Symptom> before, Duration later) {
        if (before.isEmpty()) return new ArrayList<>();
        pause(later);
        var suspicions = before.stream().map(Suspicion::of).collect(toSet());
        var things = before.stream().map(Symptom::thing).distinct().toList();
        var symptoms = new ArrayList<>(survey.look(things, rhythm.sweep().multipliedBy(2)));
        symptoms.removeIf(symptom -> !suspicions.contains(Suspicion.of(symptom)));
        return symptoms;
    }

    /** How long to wait for an audit: not at all where no router is there to make it. */
    private Duration patience(RedisSurvey.Overview overview, int pods) {
        if (overview.routers() == 0) return Duration.ZERO;
        return rhythm.audit().plusSeconds(1 + pods / AUDITED_PER_SECOND);
    }

    private static boolean awaitsAudit(Symptom symptom) {
        return Law.valueOf(symptom.law()).awaitsAudit();
    }

    private Map<String, String> modes(RedisSurvey.Overview overview) {
        var modes = new TreeMap<String, String>();
        config(overview.tierConfig())
                .pools()
                .forEach((pool, tier) -> modes.put(pool.value(), tier.mode().text()));
        return modes;
    }

    private TierConfig config(String stored) {
        try {
            return stored.isEmpty() ? unless : TierConfig.parse(stored);
        } catch (InvalidTierConfigException e) {
            return unless;
        }
    }

    /** A pod that a pool has is no leftover; and it is said once, whichever of the pool's keys have it. */
    private static List<Finding> findings(List<Symptom> symptoms) {
        var unadopted = new HashSet<String>();
        var findings = new ArrayList<Finding>();
        for (var symptom : symptoms) {
            var thing = symptom.thing();
            var law = Law.valueOf(symptom.law());
            if (law == Law.NOT_ADOPTED && !unadopted.add(thing.name())) continue;
            findings.add(new Finding(law, thing.kind(), thing.name(), symptom.values()));
        }
        findings.removeIf(finding -> finding.law() == Law.LEFTOVER && unadopted.contains(finding.name()));
        return findings;
    }

    /** Also between one look and the next, as long as this lives. */
    private void compareTokens(long now, long before, List<Finding> findings) {
        var most = Math.max(token, before);
        if (now > 0 && now < most) {
            findings.add(new Finding(Law.TOKEN_FELL, Kind.KEY, "leader:epoch", "is " + now + ", was " + most));
        }
        token = Math.max(now, most);
    }

    private static void pause(Duration time) {
        try {
            var unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
