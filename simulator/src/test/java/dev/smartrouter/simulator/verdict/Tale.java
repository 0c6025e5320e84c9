package dev.smartrouter.simulator.verdict;

import dev.smartrouter.simulator.agent.ReleasePath;
import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CallPlan.Fate;
import dev.smartrouter.simulator.provider.CallWatch.Ended;
import dev.smartrouter.simulator.provider.Telephony;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A hand-made history: what is told, is told at the second it names. Pods are exclusive unless it is said otherwise. */
final class Tale {
    /** No slack where the promises have some, but for {@link Expectations#CLOSE}. */
    static final Expectations STRICT =
            new Expectations(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ZERO, Optional.empty(), true);

    private static final Duration TOOK = Duration.ofMillis(20);

    private long now = -7_000_000_000L; // a ticker may begin anywhere
    final Ledger ledger = new Ledger(() -> now);
    private final Map<String, Integer> attempts = new HashMap<>();

    Tale at(double seconds) {
        now = -7_000_000_000L + (long) (seconds * 1e9);
        return this;
    }

    Tale tell(Consumer<Ledger> fact) {
        fact.accept(ledger);
        return this;
    }

    /** Born and ready, and seen to carry so many. */
    Tale pod(String pod, String uid, int capacity) {
        ledger.born(pod, uid);
        ledger.ready(pod, uid, true);
        ledger.carry(Map.of(pod, capacity));
        return this;
    }

    Tale pod(String pod) {
        return pod(pod, pod + "-a", 1);
    }

    Tale placed(String sid, Fate fate) {
        ledger.placed(new CallPlan(
                sid,
                Telephony.TWILIO,
                "acme",
                Duration.ZERO,
                fate,
                Duration.ofSeconds(30),
                false,
                0,
                Duration.ZERO,
                true));
        return this;
    }

    Tale asked(String sid) {
        ledger.asked(sid, attempts.merge(sid, 1, Integer::sum));
        return this;
    }

    /** The answer to the last webhook. */
    Tale answered(String sid, Answer answer) {
        return answered(sid, attempts.get(sid), answer);
    }

    Tale answered(String sid, int attempt, Answer answer) {
        ledger.answered(sid, attempt, answer, TOOK);
        return this;
    }

    /** A call that talks is placed, asks, and is sent to a pod 20 ms later. */
    Tale given(String sid, String pod) {
        placed(sid, Fate.TALKS).asked(sid);
        now += TOOK.toNanos();
        return answered(sid, to(pod));
    }

    /** The same, and the socket opens on that pod. */
    Tale talks(String sid, String pod) {
        given(sid, pod);
        ledger.joined(pod, pod + "-a", sid);
        ledger.connected(sid, pod, TOOK);
        return this;
    }

    Tale releasing(String sid) {
        ledger.releasing(sid, ReleasePath.SOCKET_CLOSED);
        return this;
    }

    Tale ends(String sid) {
        return ends(sid, "hung up", true, 1500);
    }

    Tale ends(String sid, String why, boolean complete, long heard) {
        ledger.ending(sid);
        ledger.ended(sid, new Ended(why, complete, 1500, heard, Duration.ofMillis(31)));
        return this;
    }

    static Answer to(String pod) {
        return new Answer.Stream(URI.create("ws://localhost:8000/ws/pod/" + pod + "/x"), pod);
    }

    static Answer sorry() {
        return new Answer.Apology("all agents are busy");
    }

    static Answer silence() {
        return new Answer.Unusable("timed out");
    }

    /** After everything, whatever time that took. */
    Verdict judged() {
        return judged(STRICT);
    }

    Verdict judged(Expectations expected) {
        return Judge.of(ledger.history(true), expected);
    }

    List<Promise> broken() {
        return judged().broken().stream().map(Broken::promise).toList();
    }

    /** While it goes on. */
    List<Promise> brokenSoFar() {
        return Judge.of(ledger.history(false), STRICT).broken().stream()
                .map(Broken::promise)
                .toList();
    }
}
