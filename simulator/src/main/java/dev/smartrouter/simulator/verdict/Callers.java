package dev.smartrouter.simulator.verdict;

import static dev.smartrouter.simulator.verdict.Promise.ASTRAY;
import static dev.smartrouter.simulator.verdict.Promise.CUT_SHORT;
import static dev.smartrouter.simulator.verdict.Promise.TOO_MANY_REFUSED;
import static dev.smartrouter.simulator.verdict.Promise.WITHOUT_AN_ANSWER;

import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.CallPlan.Fate;
import dev.smartrouter.simulator.verdict.CallStory.Grant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a caller notices: silence instead of an answer, a call that breaks off, a call into nowhere, a refusal. */
record Callers(History history, Expectations expected) {
    /** A share of fewer calls than these says nothing yet, while the story goes on. */
    private static final int ENOUGH = 50;

    /** A call that was connected for less may be over before audio comes back. */
    private static final Duration AUDIBLE = Duration.ofSeconds(2);

    Optional<Broken> withoutAnAnswer(CallStory call) {
        if (!call.isMeantTo(Fate.TALKS) || call.firstUsable().isPresent()) return Optional.empty();
        var over = call.over().map(Fact.Over::at);
        if (over.orElse(history.now()) >= history.stopped()) return Optional.empty();
        if (over.filter(history::isSettled).isEmpty() && !history.complete()) return Optional.empty();
        var attempts = call.webhooks();
        var last = call.all(Fact.Answered.class)
                .map(fact -> ((Answer.Unusable) fact.answer()).why())
                .reduce((earlier, later) -> later)
                .orElse("no answer at all");
        return Optional.of(new Broken(
                WITHOUT_AN_ANSWER,
                history.seconds(over.orElse(history.now())),
                "%s sent %d webhooks and got nothing it could use; the last: %s".formatted(call.sid(), attempts, last),
                List.of(),
                List.of(call.sid())));
    }

    Optional<Broken> cutShort(CallStory call) {
        if (call.connected().isEmpty()) return Optional.empty();
        return judged(call, expected.cutCalls(), (grant, over) -> {
            if (over.how().complete()) return Optional.empty();
            var words = expected.cutCalls() ? "ended though its pod lived: " : "was not to be cut: ";
            return Optional.of(
                    broken(CUT_SHORT, call, grant, over, words + over.how().why()));
        });
    }

    Optional<Broken> astray(CallStory call) {
        return judged(call, true, (grant, over) -> {
            Function<String, Optional<Broken>> astray = words -> Optional.of(broken(ASTRAY, call, grant, over, words));
            var connected = call.connected();
            if (connected.isEmpty()) {
                if (call.firstUsable()
                        .filter(first -> first.answer() instanceof Answer.Apology)
                        .isPresent()) {
                    return Optional.empty(); // what a duplicate was given, the provider did not obey
                }
                return over.how().complete() || !call.isMeantTo(Fate.TALKS)
                        ? Optional.empty()
                        : astray.apply(
                                "never got its socket open: " + over.how().why());
            }
            var joined = call.all(Fact.Joined.class).map(Fact.Joined::pod).toList();
            if (joined.isEmpty()) return astray.apply("opened a socket that reached no pod");
            var elsewhere = joined.stream()
                    .filter(pod -> call.grants().stream().noneMatch(g -> g.pod().equals(pod)));
            var other = elsewhere.findFirst();
            if (other.isPresent()) return astray.apply("opened a socket that reached " + other.get());
            var silent = over.how().heard() == 0 && over.at() - connected.get().at() > AUDIBLE.toNanos();
            return silent ? astray.apply("heard no audio") : Optional.empty();
        });
    }

    /**
     * Of a call that a pod was given to and that is over, if nothing that became of the pod explains everything.
     *
     * @param mayEnd whether the end of the pod does
     */
    private Optional<Broken> judged(CallStory call, boolean mayEnd, Judgement judgement) {
        var over = call.over().filter(end -> end.at() < history.stopped() && history.isSettled(end.at()));
        var grants = call.grants();
        if (over.isEmpty() || grants.isEmpty()) return Optional.empty();
        return judgement
                .of(grants.getFirst(), over.get())
                .filter(broken -> grants.stream()
                        .noneMatch(grant -> explains(grant, over.get().at(), mayEnd)));
    }

    private interface Judgement {
        Optional<Broken> of(Grant grant, Fact.Over over);
    }

    private boolean explains(Grant grant, long over, boolean mayEnd) {
        var lives = history.lives();
        var from = grant.asked() - expected.notice().toNanos();
        var to = over + Expectations.CLOSE.toNanos();
        return (mayEnd && lives.endedWithin(grant.pod(), from, to)) || lives.hungWithin(grant.pod(), from, to);
    }

    private Broken broken(Promise promise, CallStory call, Grant grant, Fact.Over over, String words) {
        return new Broken(
                promise,
                history.seconds(over.at()),
                "%s, sent to %s, %s".formatted(call.sid(), grant.pod(), words),
                List.of(grant.pod()),
                List.of(call.sid()));
    }

    Optional<Broken> tooManyRefused() {
        var answered = history.calls().stream()
                .filter(call -> call.firstUsable().isPresent())
                .count();
        var refused = history.calls().stream().filter(Callers::isRefused).count();
        if (answered == 0 || (answered < ENOUGH && !history.complete())) return Optional.empty();
        return expected.refusals()
                .filter(share -> refused > share * answered)
                .map(share -> new Broken(
                        TOO_MANY_REFUSED,
                        history.seconds(history.now()),
                        "%d of %d calls were refused, %.1f %%; the scenario allows %.1f %%"
                                .formatted(refused, answered, 100.0 * refused / answered, 100 * share),
                        List.of(),
                        List.of()));
    }

    /** Whether the caller heard an apology and got no pod. */
    static boolean isRefused(CallStory call) {
        return call.firstUsable().isPresent() && call.grants().isEmpty();
    }
}
