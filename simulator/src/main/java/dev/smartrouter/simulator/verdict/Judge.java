package dev.smartrouter.simulator.verdict;

import static dev.smartrouter.simulator.verdict.Promise.A_POD_LOST;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.exceptions.JedisException;

/** Holds what happened against what was promised. It alarms only on what is sure: a doubt is never an alarm. */
public final class Judge {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Ledger ledger;
    private final StoreWatch store;
    private final Expectations expected;

    public Judge(Ledger ledger, StoreWatch store, Expectations expected) {
        this.ledger = ledger;
        this.store = store;
        this.expected = expected;
    }

    /** Of what has happened until a moment ago; some 80 ms of processor time for 10,000 calls. */
    public Verdict soFar() {
        return of(ledger.history(false), expected);
    }

    /** Once all calls are over: waits until the store is whole, at most for the settling time, and then judges. */
    public Verdict atTheEnd() {
        var lost = settle();
        var history = ledger.history(true);
        var broken = new ArrayList<>(brokenIn(history, expected));
        broken.addAll(lost);
        return new Verdict(broken, Figures.of(history, broken), history.timelines(broken));
    }

    /** For a report of the same. */
    public Series series() {
        return Series.of(ledger.history(true), store.samples());
    }

    /**
     * For a terminal.
     *
     * @param speed seconds of the story in one of this machine
     */
    public Glance glance(double speed) {
        var history = ledger.history(false);
        var pools = store.latest().map(StoreSample::pools).orElse(List.of());
        return Glance.of(history, of(history, expected), pools, speed);
    }

    static Verdict of(History history, Expectations expected) {
        var broken = brokenIn(history, expected);
        return new Verdict(broken, Figures.of(history, broken), Map.of());
    }

    private static List<Broken> brokenIn(History history, Expectations expected) {
        var grants = new Grants(history, expected);
        var callers = new Callers(history, expected);
        var broken = new ArrayList<>(new Holds(history, expected).broken());
        for (var call : history.calls()) {
            grants.twoPods(call).ifPresent(broken::add);
            grants.podThatWasGone(call).ifPresent(broken::add);
            callers.withoutAnAnswer(call).ifPresent(broken::add);
            callers.cutShort(call).ifPresent(broken::add);
            callers.astray(call).ifPresent(broken::add);
        }
        callers.tooManyRefused().ifPresent(broken::add);
        return broken;
    }

    private List<Broken> settle() {
        var until = ledger.now() + expected.settling().toNanos();
        while (true) {
            var lost = lost();
            if (lost.isEmpty() || ledger.now() > until || Thread.currentThread().isInterrupted()) return lost;
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private List<Broken> lost() {
        var history = ledger.history(true);
        var serving = history.lives().serving();
        try {
            return LostPods.find(history, serving, store.inventory(serving));
        } catch (JedisException e) {
            var words = "the store does not answer: " + e.getMessage();
            return List.of(
                    new Broken(A_POD_LOST, history.seconds(history.now()), words, List.copyOf(serving), List.of()));
        }
    }
}
