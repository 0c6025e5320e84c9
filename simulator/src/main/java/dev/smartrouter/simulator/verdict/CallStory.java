package dev.smartrouter.simulator.verdict;

import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.CallPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one call, and what follows from it at once. Immutable: the judge reads a call many times, and a
 * call that is over never changes again.
 */
final class CallStory {
    /** Later than anything. */
    static final long NEVER = Long.MAX_VALUE;

    private final String sid;
    private final List<Fact> facts;
    private final List<Grant> grants = new ArrayList<>(1);
    private @Nullable CallPlan plan;
    private Fact.@Nullable Answered firstUsable;
    private Fact.@Nullable Connected connected;
    private Fact.@Nullable Over over;
    private long firstAsked = NEVER;
    private long givenUp = NEVER;
    private int webhooks;
    private int apologies;

    /** @param facts in the order of time */
    CallStory(String sid, List<Fact> facts) {
        this.sid = sid;
        this.facts = List.copyOf(facts);
        for (var fact : this.facts) learn(fact);
    }

    /**
     * A provider was told to go to a pod.
     *
     * @param asked when that webhook was sent
     * @param answered when its answer had arrived
     */
    record Grant(String pod, long asked, long answered) {}

    private void learn(Fact fact) {
        switch (fact) {
            case Fact.Placed placed -> plan = plan == null ? placed.plan() : plan;
            case Fact.Asked asked -> {
                firstAsked = Math.min(firstAsked, asked.at());
                webhooks++;
            }
            case Fact.Answered answered -> learn(answered);
            case Fact.Connected opened -> connected = connected == null ? opened : connected;
            case Fact.Over end -> over = over == null ? end : over;
            case Fact.Ending ending -> givenUp = Math.min(givenUp, ending.at());
            case Fact.Releasing releasing -> givenUp = Math.min(givenUp, releasing.at());
            case Fact.Joined joined -> {}
            case Fact.Left left -> {}
            case Fact.Released released -> {}
        }
    }

    private void learn(Fact.Answered answered) {
        switch (answered.answer()) {
            case Answer.Stream stream -> grants.add(new Grant(stream.pod(), askedFor(answered), answered.at()));
            case Answer.Apology apology -> apologies++;
            case Answer.Unusable unusable -> {
                return;
            }
        }
        if (firstUsable == null) firstUsable = answered;
    }

    private long askedFor(Fact.Answered answer) {
        return all(Fact.Asked.class)
                .filter(fact -> fact.attempt() == answer.attempt())
                .mapToLong(Fact.Asked::at)
                .min()
                .orElse(answer.at() - answer.took().toNanos());
    }

    String sid() {
        return sid;
    }

    List<Fact> facts() {
        return facts;
    }

    <F extends Fact> Stream<F> all(Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** Empty for a call that no provider of ours placed. */
    Optional<CallPlan> plan() {
        return Optional.ofNullable(plan);
    }

    boolean isMeantTo(CallPlan.Fate fate) {
        return plan != null && plan.fate() == fate;
    }

    /** Every answer that names a pod, in the order in which they arrived. */
    List<Grant> grants() {
        return grants;
    }

    /** When the first webhook was sent; {@link #NEVER} if none was. */
    long firstAsked() {
        return firstAsked;
    }

    int webhooks() {
        return webhooks;
    }

    int apologies() {
        return apologies;
    }

    /** The first answer that a provider can obey. */
    Optional<Fact.Answered> firstUsable() {
        return Optional.ofNullable(firstUsable);
    }

    /** Nanoseconds from the first webhook to the first answer that a provider can obey. */
    OptionalLong waited() {
        if (firstUsable == null) return OptionalLong.empty();
        return OptionalLong.of(firstUsable.at() - Math.min(firstAsked, askedFor(firstUsable)));
    }

    Optional<Fact.Connected> connected() {
        return Optional.ofNullable(connected);
    }

    /** From when on its pod may serve others, because somebody was about to say that the call is over. */
    long givenUp() {
        return givenUp;
    }

    Optional<Fact.Over> over() {
        return Optional.ofNullable(over);
    }
}
