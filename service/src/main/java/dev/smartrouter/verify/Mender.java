package dev.smartrouter.verify;

import static java.util.stream.Collectors.toCollection;

import com.google.common.collect.Lists;
import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.pool.Recovery;
import dev.smartrouter.pool.Roster;
import dev.smartrouter.pool.StoreUnavailableException;
import dev.smartrouter.pool.Upkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mends a store by the transitions that routers make, and by nothing else: each is safe beside live traffic. */
public final class Mender {
    private static final Logger log = LoggerFactory.getLogger(Mender.class);
    private static final int BATCH = 100;

    private final Verifier verifier;
    private final Transitions transitions;
    private final Duration draining;

    /** What there is to mend with. */
    public record Transitions(Upkeep upkeep, Roster roster, Pools pools, Recovery recovery) {}

    /**
     * What came of it.
     *
     * @param before what there was to mend
     * @param after what is left
     */
    public record Outcome(Report before, Report after) {}

    /** @param draining how long a pod that would drain for ever drains from now on */
    public Mender(Verifier verifier, Transitions transitions, Duration draining) {
        this.verifier = verifier;
        this.transitions = transitions;
        this.draining = draining;
    }

    /**
     * Verifies, mends, and verifies again. What ends a call or a pod comes last, for that alone which nothing else has
     * mended.
     *
     * @param atMost for each look at the store
     * @throws StoreUnavailableException if Redis does not answer
     */
    public Outcome mend(Duration atMost) {
        var before = verifier.verify(atMost);
        var after = before;
        for (boolean last : new boolean[] {false, true}) {
            var repairs = repairs(after, repair -> repair != Repair.NONE && repair.isLast() == last);
            if (repairs.isEmpty()) continue;
            for (var repair : repairs) mend(repair, after.findings());
            after = verifier.verify(atMost);
        }
        return new Outcome(before, after);
    }

    private static Set<Repair> repairs(Report report, Predicate<Repair> which) {
        return report.findings().stream()
                .map(finding -> finding.law().repair())
                .filter(which)
                .sorted()
                .collect(toCollection(LinkedHashSet::new));
    }

    private void mend(Repair repair, List<Finding> findings) {
        var names = findings.stream()
                .filter(finding -> finding.law().repair() == repair)
                .map(Finding::name)
                .distinct()
                .toList();
        switch (repair) {
            case ADOPT -> attempt("adopting calls", transitions.recovery::adoptCalls);
            case AUDIT -> audit(findings);
            case SWEEP -> attempt("sweeping", this::sweep);
            case DRAIN -> names.forEach(pod -> attempt("draining " + pod, () -> drain(pod)));
            case RELEASE -> names.forEach(call -> attempt("releasing " + call, () -> release(call)));
            case REMOVE -> names.forEach(pod -> attempt("removing " + pod, () -> remove(pod)));
            case NONE -> {}
        }
    }

    /** All members of pools, and pods that are in none though they should be. */
    private void audit(List<Finding> findings) {
        var members = new ArrayList<>(transitions.upkeep.members());
        findings.stream()
                .filter(finding -> finding.law() == Law.NOT_ASSIGNED)
                .map(finding -> new Upkeep.Member(finding.name(), Set.of()))
                .forEach(members::add);
        for (var batch : Lists.partition(members, BATCH)) {
            attempt("auditing pods", () -> transitions.upkeep.audit(batch));
        }
    }

    private void sweep() {
        while (transitions.upkeep.sweep(BATCH).size() == BATCH) log.debug("swept {} calls", BATCH);
    }

    private void drain(String pod) {
        transitions.pools.drain(new PodName(pod), draining);
    }

    private void release(String call) {
        transitions.pools.release(new CallSid(call));
    }

    private void remove(String pod) {
        transitions.roster.remove(OptionalLong.empty(), new PodName(pod), Incarnation.LEGACY);
    }

    /** One thing that cannot be mended, for want of a proper name or of a key of the right type, costs no other. */
    private static void attempt(String what, Runnable repair) {
        try {
            repair.run();
        } catch (StoreUnavailableException | IllegalArgumentException e) {
            log.warn("{} failed: {}", what, e.getMessage());
        }
    }
}
