package dev.smartrouter.simulator.verdict;

import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.CallPlan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * All that is known of one call.
 *
 * @param facts in the order of time
 */
record CallStory(String sid, List<Fact> facts) {
    /** Later than anything. */
    static final long NEVER = Long.MAX_VALUE;

    CallStory {
        facts = List.copyOf(facts);
    }

    /**
     * A provider was told to go to a pod.
     *
     * @param asked when that webhook was sent
     * @param answered when its answer had arrived
     */
    record Grant(String pod, long asked, long answered) {}

    <F extends Fact> Stream<F> all(Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast);
    }

    <F extends Fact> Optional<F> first(Class<F> kind) {
        return all(kind).findFirst();
    }

    /** Empty for a call that no provider of ours placed. */
    Optional<CallPlan> plan() {
        return first(Fact.Placed.class).map(Fact.Placed::plan);
    }

    boolean isMeantTo(CallPlan.Fate fate) {
        return plan().filter(plan -> plan.fate() == fate).isPresent();
    }

    /** Every answer that names a pod, in the order in which they arrived. */
    List<Grant> grants() {
        return all(Fact.Answered.class)
                .filter(fact -> fact.answer() instanceof Answer.Stream)
                .map(fact -> new Grant(((Answer.Stream) fact.answer()).pod(), askedFor(fact), fact.at()))
                .toList();
    }

    private long askedFor(Fact.Answered answer) {
        return all(Fact.Asked.class)
                .filter(fact -> fact.attempt() == answer.attempt())
                .mapToLong(Fact.Asked::at)
                .min()
                .orElse(answer.at() - answer.took().toNanos());
    }

    /** When the first webhook was sent. */
    long firstAsked() {
        return first(Fact.Asked.class).map(Fact.Asked::at).orElse(NEVER);
    }

    /** When the first answer arrived that a provider can obey. */
    Optional<Fact.Answered> firstUsable() {
        return all(Fact.Answered.class)
                .filter(fact -> !(fact.answer() instanceof Answer.Unusable))
                .findFirst();
    }

    /** Nanoseconds from the first webhook to the first answer that a provider can obey. */
    OptionalLong waited() {
        var first = firstUsable();
        if (first.isEmpty()) return OptionalLong.empty();
        return OptionalLong.of(first.get().at() - Math.min(firstAsked(), askedFor(first.get())));
    }

    /** From when on its pod may serve others, because somebody was about to say that the call is over. */
    long givenUp() {
        return facts.stream()
                .filter(fact -> fact instanceof Fact.Ending || fact instanceof Fact.Releasing)
                .mapToLong(Fact::at)
                .min()
                .orElse(NEVER);
    }

    Optional<Fact.Over> over() {
        return first(Fact.Over.class);
    }
}
