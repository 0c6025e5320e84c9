package dev.smartrouter.simulator.verdict;

import dev.smartrouter.simulator.agent.AgentWatch;
import dev.smartrouter.simulator.agent.ReleasePath;
import dev.smartrouter.simulator.cluster.PodWatch;
import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CallWatch;
import dev.smartrouter.simulator.verdict.PodFact.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Writes down what everybody sees, with the time. A fact's time is read within the call that tells it, so whoever says
 * something before doing it is written down before the consequences. For any number of threads; a fact costs about a
 * microsecond, a call some 2 KB, kept until the end.
 */
public final class Ledger implements CallWatch, AgentWatch, PodWatch {
    private final LongSupplier ticker;
    private final long begin;
    private final Map<String, Book> calls = new ConcurrentHashMap<>();
    // The three below are guarded by themselves.
    private final List<PodFact> pods = new ArrayList<>();
    private final List<History.Event> events = new ArrayList<>();
    private final Capacities capacities = new Capacities();
    private volatile long stopped = CallStory.NEVER;

    /** @param ticker nanoseconds that only grow, such as {@code System::nanoTime}; the story begins now */
    public Ledger(LongSupplier ticker) {
        this.ticker = ticker;
        this.begin = ticker.getAsLong();
    }

    /** Since the story began. */
    public Duration elapsed() {
        return Duration.ofNanos(now() - begin);
    }

    /** Something was done to the system, or happened to it: a mark on the time axis. */
    public void happened(String label) {
        synchronized (events) {
            events.add(new History.Event(now(), label));
        }
    }

    /** A pod answers nobody for a while, on purpose: nobody is blamed for what its calls suffer. */
    public void hung(String pod, Duration lasts) {
        synchronized (pods) {
            pods.add(new PodFact(now(), pod, "", Kind.HUNG));
            pods.add(new PodFact(now() + lasts.toNanos(), pod, "", Kind.AWAKE));
        }
    }

    /** Somebody drained a pod on purpose: it is not lost if no call comes to it. */
    public void drained(String pod) {
        write(pod, "", Kind.DRAINED);
    }

    public void undrained(String pod) {
        write(pod, "", Kind.UNDRAINED);
    }

    /** The run is being cut off: calls that end from now on end because of that. */
    public void stopping() {
        stopped = now();
    }

    @Override
    public void placed(CallPlan call) {
        write(call.sid(), at -> new Fact.Placed(at, call));
    }

    @Override
    public void asked(String sid, int attempt) {
        write(sid, at -> new Fact.Asked(at, attempt));
    }

    @Override
    public void answered(String sid, int attempt, Answer answer, Duration took) {
        write(sid, at -> new Fact.Answered(at, attempt, answer, took));
    }

    @Override
    public void connected(String sid, String pod, Duration took) {
        write(sid, at -> new Fact.Connected(at, pod, took));
    }

    @Override
    public void ending(String sid) {
        write(sid, Fact.Ending::new);
    }

    @Override
    public void ended(String sid, Ended how) {
        write(sid, at -> new Fact.Over(at, how));
    }

    @Override
    public void joined(String pod, String uid, String sid) {
        write(sid, at -> new Fact.Joined(at, pod, uid));
    }

    @Override
    public void left(String pod, String uid, String sid) {
        write(sid, at -> new Fact.Left(at, pod, uid));
    }

    @Override
    public void releasing(String sid, ReleasePath path) {
        write(sid, at -> new Fact.Releasing(at, path));
    }

    @Override
    public void released(String sid, ReleasePath path, int status) {
        write(sid, at -> new Fact.Released(at, path, status));
    }

    @Override
    public void born(String pod, String uid) {
        write(pod, uid, Kind.BORN);
    }

    @Override
    public void ready(String pod, String uid, boolean ready) {
        write(pod, uid, ready ? Kind.READY : Kind.NOT_READY);
    }

    @Override
    public void terminating(String pod, String uid) {
        write(pod, uid, Kind.TERMINATING);
    }

    @Override
    public void crashed(String pod, String uid) {
        write(pod, uid, Kind.CRASHED);
    }

    @Override
    public void gone(String pod, String uid) {
        write(pod, uid, Kind.GONE);
    }

    long now() {
        return ticker.getAsLong();
    }

    /** How many calls at a time each of these pods may carry now. */
    void carry(Map<String, Integer> seen) {
        synchronized (capacities) {
            var at = now();
            seen.forEach((pod, capacity) -> capacities.seen(pod, capacity, at));
        }
    }

    /** @param complete whether everything has happened that will */
    History history(boolean complete) {
        var now = now(); // before the facts: what is older than this by a while has all been told
        var stories = new ArrayList<CallStory>();
        calls.values().forEach(book -> stories.add(book.story()));
        return new History(begin, now, complete, stopped, stories, lives(), capacities(), events());
    }

    private Lives lives() {
        synchronized (pods) {
            return new Lives(pods);
        }
    }

    private Capacities capacities() {
        synchronized (capacities) {
            return new Capacities(capacities);
        }
    }

    private List<History.Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    private void write(String sid, LongFunction<Fact> fact) {
        calls.computeIfAbsent(sid, Book::new).write(ticker, fact);
    }

    private void write(String pod, String uid, Kind kind) {
        synchronized (pods) {
            pods.add(new PodFact(now(), pod, uid, kind));
        }
    }
}
