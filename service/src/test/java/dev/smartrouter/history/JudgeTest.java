package dev.smartrouter.history;

import static dev.smartrouter.history.Law.LINEARIZABLE;
import static dev.smartrouter.history.Law.ONE_CALL_A_POD;
import static dev.smartrouter.history.Law.ONE_POD_A_CALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.Deed.Drain;
import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.Deed.Undrain;
import dev.smartrouter.history.Outcome.Calls;
import dev.smartrouter.history.Outcome.Existing;
import dev.smartrouter.history.Outcome.New;
import dev.smartrouter.history.Outcome.NoPods;
import dev.smartrouter.history.Outcome.NotFound;
import dev.smartrouter.history.Outcome.Released;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories made by hand, each with what is to be thought of it. Pods g0 and g1 carry one call, b0 and b1 two. */
class JudgeTest {
    private static final Pods PODS =
            new Pods(Map.of("g0", "gold", "g1", "gold", "b0", "basic", "b1", "basic"), Map.of("gold", 1, "basic", 2));
    private static final List<String> CHAIN = List.of("gold", "basic");
    private static final List<String> GOLD = List.of("gold");
    private static final Judge JUDGE = new Judge(PODS);

    static Stream<Arguments> accepted() {
        return Stream.of(
                history("nothing happens"),
                history("one after another", got(0, 1, "A", "g0"), again(2, 3, "A", "g0"), gave(4, 5, "A", "g0")),
                history("a release asked for twice", got(0, 1, "A", "g0"), gave(2, 5, "A", "g0"), none(3, 4, "A")),
                history("the replay is answered first", got(0, 9, "A", "g0"), again(1, 2, "A", "g0")),
                history(
                        "a pod changes hands within a release",
                        got(0, 1, "A", "g0"),
                        gave(2, 9, "A", "g0"),
                        got(3, 4, "B", "g0")),
                history("a redial gets another pod", got(0, 1, "A", "g0"), gave(2, 3, "A", "g0"), got(4, 5, "A", "g1")),
                history(
                        "refused while the others still ask",
                        got(0, 9, "A", "g0"),
                        got(0, 9, "B", "g1"),
                        refused(1, 2, "C")),
                history(
                        "a release nobody heard of",
                        got(0, 1, "A", "g0"),
                        lost(2, new Release("A")),
                        got(5, 6, "B", "g0")),
                history(
                        "an allocation nobody heard of fills the house",
                        got(0, 1, "A", "g0"),
                        lost(2, new Allocate("B", GOLD)),
                        refused(5, 6, "C")),
                history(
                        "its replay tells which pod it was",
                        lost(0, new Allocate("A", CHAIN)),
                        again(2, 3, "A", "g1"),
                        gave(4, 5, "A", "g1")),
                history(
                        "a drain takes effect before it is answered",
                        drained(0, 9, "g0", 0),
                        got(1, 2, "A", "g1"),
                        refused(3, 4, "B"),
                        undrained(10, 11, "g0", 0),
                        got(12, 13, "B", "g0")),
                history(
                        "a drained pod keeps its call",
                        got(0, 1, "A", "g0"),
                        drained(2, 3, "g0", 1),
                        again(4, 5, "A", "g0")),
                history(
                        "shared pods fill evenly",
                        drained(0, 1, "g0", 0),
                        drained(0, 1, "g1", 0),
                        got(2, 3, "A", "b0"),
                        got(4, 5, "B", "b1"),
                        got(6, 7, "C", "b1")));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("two pods for one call", ONE_POD_A_CALL, got(0, 3, "A", "g0"), got(1, 2, "A", "g1")),
                refused("a replay names another pod", ONE_POD_A_CALL, got(0, 1, "A", "g0"), again(2, 3, "A", "g1")),
                refused("a replay of nothing", ONE_POD_A_CALL, again(0, 1, "A", "g0")),
                refused(
                        "a replay has another URL",
                        ONE_POD_A_CALL,
                        got(0, 1, "A", "g0"),
                        known(2, 3, new Allocate("A", CHAIN), new Existing("g0", "gold", "elsewhere"))),
                refused(
                        "both releases did it",
                        ONE_POD_A_CALL,
                        got(0, 1, "A", "g0"),
                        gave(2, 4, "A", "g0"),
                        gave(3, 5, "A", "g0")),
                refused("a release that did nothing", ONE_POD_A_CALL, got(0, 1, "A", "g0"), none(2, 3, "A")),
                refused("another pod is given back", ONE_POD_A_CALL, got(0, 1, "A", "g0"), gave(2, 3, "A", "g1")),
                refused("two calls on a pod", ONE_CALL_A_POD, got(0, 1, "A", "g0"), got(2, 3, "B", "g0")),
                refused(
                        "a second release puts back what another has",
                        ONE_CALL_A_POD,
                        got(0, 1, "A", "g0"),
                        gave(2, 3, "A", "g0"),
                        got(4, 5, "B", "g0"),
                        none(6, 7, "A"),
                        got(8, 9, "C", "g0")),
                refused(
                        "two calls at the same time on a pod",
                        LINEARIZABLE,
                        got(0, 5, "A", "g0"),
                        gave(4, 9, "A", "g0"),
                        got(1, 3, "B", "g0")),
                refused("refused though there is room", LINEARIZABLE, got(0, 1, "A", "g0"), refused(2, 3, "B")),
                refused(
                        "a later pool though the first has room",
                        LINEARIZABLE,
                        got(0, 1, "A", "g0"),
                        got(2, 3, "B", "b0")),
                refused("a drained pod takes a call", LINEARIZABLE, drained(0, 1, "g0", 0), got(2, 3, "A", "g0")),
                refused("a drain miscounts", LINEARIZABLE, got(0, 1, "A", "g0"), drained(2, 3, "g0", 0)),
                refused(
                        "nobody says that the pod drains",
                        LINEARIZABLE,
                        got(0, 1, "A", "g0"),
                        drained(2, 3, "g0", 1),
                        gave(4, 5, "A", "g0")),
                refused(
                        "a shared pod is full and another is not",
                        LINEARIZABLE,
                        drained(0, 1, "g0", 0),
                        drained(0, 1, "g1", 0),
                        got(2, 3, "A", "b0"),
                        got(4, 5, "B", "b0")),
                refused(
                        "a lost allocation cannot hold two pods",
                        LINEARIZABLE,
                        lost(0, new Allocate("A", GOLD)),
                        refused(2, 3, "B")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void aHistoryThatOneRouterCouldHaveIsAccepted(String name, History history) {
        assertThat(JUDGE.judge(history)).as(name).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aHistoryThatNoRouterMayHaveIsRefused(String name, Law law, History history) {
        assertThat(JUDGE.judge(history)).map(Finding::law).as(name).contains(law);
    }

    @Test
    void theStoryIsTheShortestBeginningThatIsRefused() {
        var finding = JUDGE.judge(History.of(
                        got(0, 4, "A", "g0"), got(2, 6, "A", "g1"), again(9, 12, "A", "g1"), gave(14, 15, "A", "g1")))
                .orElseThrow();
        assertThat(finding.toString().lines())
                .containsExactly(
                        "ONE_POD_A_CALL is broken",
                        "1 of 2 operations have an order; it leaves g0; none of those marked can be next",
                        "  c allocate A = NEW g0  |---|",
                        "* c allocate A = NEW g1    |---|",
                        "  from the first to the last: 0 us");
    }

    private static Arguments history(String name, Operation... operations) {
        return Arguments.of(name, History.of(operations));
    }

    private static Arguments refused(String name, Law law, Operation... operations) {
        return Arguments.of(name, law, History.of(operations));
    }

    private static Operation known(long called, long returned, Deed deed, Outcome outcome) {
        return new Operation("c", called, returned, deed, outcome);
    }

    private static Operation lost(long called, Deed deed) {
        return known(called, called, deed, Outcome.UNKNOWN);
    }

    private static Operation got(long called, long returned, String call, String pod) {
        return known(called, returned, new Allocate(call, CHAIN), new New(pod, PODS.pool(pod), "url"));
    }

    private static Operation again(long called, long returned, String call, String pod) {
        return known(called, returned, new Allocate(call, CHAIN), new Existing(pod, PODS.pool(pod), "url"));
    }

    /** By a merchant who may use gold only. */
    private static Operation refused(long called, long returned, String call) {
        return known(called, returned, new Allocate(call, GOLD), new NoPods(GOLD));
    }

    private static Operation gave(long called, long returned, String call, String pod) {
        return known(called, returned, new Release(call), new Released(pod, PODS.pool(pod), false));
    }

    private static Operation none(long called, long returned, String call) {
        return known(called, returned, new Release(call), new NotFound());
    }

    private static Operation drained(long called, long returned, String pod, int calls) {
        return known(called, returned, new Drain(pod), new Calls(calls));
    }

    private static Operation undrained(long called, long returned, String pod, int calls) {
        return known(called, returned, new Undrain(pod), new Calls(calls));
    }
}
