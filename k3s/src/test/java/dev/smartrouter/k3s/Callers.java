package dev.smartrouter.k3s;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CallWatch;
import dev.smartrouter.simulator.provider.CarrierSettings;
import dev.smartrouter.simulator.provider.Carriers;
import dev.smartrouter.simulator.provider.Telephony;
import dev.smartrouter.simulator.verdict.Ledger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls that come all the time through the public door, of three providers in turn, and what these see of them. Nobody
 * outside sees which pod a socket reached: it is taken to be the one in its URL, as the tests of nginx show.
 */
final class Callers implements CallWatch, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** One call in ten lasts longer than it takes a pod to go. */
    private static final Duration LONG = Duration.ofSeconds(6);

    private final Ledger ledger;
    private final String name;
    private final Random chance = new Random(1);
    private final Carriers carriers;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("callers").factory());
    private volatile boolean repeating = true;
    private final AtomicInteger placed = new AtomicInteger();
    private final Map<String, String> connected = new ConcurrentHashMap<>();
    private final Map<String, String> given = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<Cut> cuts = new ConcurrentLinkedQueue<>();

    /** A call that did not go as its caller meant it to. */
    record Cut(String sid, String pod, String why) {}

    /** @param name of the story, which their sids begin with */
    Callers(String name, URI door, Ledger ledger) {
        this.name = name;
        this.ledger = ledger;
        var media = CarrierSettings.MediaBounds.defaults().withFrame(Duration.ofMillis(100));
        carriers = new Carriers(CarrierSettings.of(door).withMedia(media), this);
    }

    void begin() {
        var unused = clock.scheduleAtFixedRate(this::call, 0, EVERY.toMillis(), MILLISECONDS);
    }

    private void call() {
        var number = placed.getAndIncrement();
        var talks = number % 10 == 0 ? LONG : Duration.ofMillis(500 + chance.nextInt(1_000));
        place(number, talks, repeating && number % 4 == 0 ? 1 : 0);
    }

    /**
     * From now on no provider repeats a webhook at once. While some routers serve and others do not, the caller may hear
     * the apology of one, and the pod that another gave waits for its deadline.
     */
    void repeatNothing() {
        repeating = false;
    }

    private void place(int number, Duration talks, int duplicates) {
        var provider = Telephony.values()[number % Telephony.values().length];
        carriers.place(new CallPlan(
                name + "-" + number,
                provider,
                "",
                Duration.ZERO,
                CallPlan.Fate.TALKS,
                talks,
                false,
                duplicates,
                Duration.ofMillis(50),
                false));
    }

    /** Waits until this many more have their sockets open. */
    void awaitMore(int calls) {
        var before = connected.size();
        await(calls + " more calls").atMost(PATIENCE).until(() -> connected.size() >= before + calls);
    }

    /** A pod that has a call now, which goes on for some seconds. */
    String podOfALongCall() {
        return connected.get(longCall());
    }

    /** A call that is connected now and goes on for some seconds, by its sid. */
    String longCall() {
        var number = placed.getAndIncrement();
        place(number, LONG, 0);
        var sid = name + "-" + number;
        await("a pod for " + sid).atMost(PATIENCE).until(() -> connected.containsKey(sid));
        return sid;
    }

    String podOf(String sid) {
        return connected.get(sid);
    }

    /** How many calls a pod was given so far. */
    long givenTo(String pod) {
        return given.values().stream().filter(pod::equals).count();
    }

    /** No more calls come, and those that talk come to their end. */
    void end() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(10, SECONDS) || !carriers.awaitQuiet(PATIENCE)) {
            throw new AssertionError(carriers.live() + " calls do not end");
        }
    }

    /** Webhooks without an answer that their provider could use. */
    List<String> failedWebhooks() {
        return List.copyOf(failures);
    }

    /** Calls that heard an apology. */
    List<String> refused() {
        return List.copyOf(refusals);
    }

    /** Of those that were given a pod. */
    List<Cut> cutShort() {
        return List.copyOf(cuts);
    }

    @Override
    public void placed(CallPlan call) {
        ledger.placed(call);
    }

    @Override
    public void asked(String sid, int attempt) {
        ledger.asked(sid, attempt);
    }

    @Override
    public void answered(String sid, int attempt, Answer answer, Duration took) {
        ledger.answered(sid, attempt, answer, took);
        switch (answer) {
            case Answer.Stream stream -> given.put(sid, stream.pod());
            case Answer.Apology(var words) -> refusals.add(sid);
            case Answer.Unusable(var why) -> failures.add(sid + ": " + why + " after " + took.toMillis() + " ms");
        }
    }

    @Override
    public void connected(String sid, String pod, Duration took) {
        ledger.connected(sid, pod, took);
        ledger.joined(pod, "", sid);
        connected.put(sid, pod);
    }

    @Override
    public void ending(String sid) {
        ledger.ending(sid);
    }

    @Override
    public void ended(String sid, Ended how) {
        ledger.ended(sid, how);
        if (!how.complete() && !refusals.contains(sid)) {
            cuts.add(new Cut(sid, given.getOrDefault(sid, "no pod"), how.why()));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        carriers.close();
    }
}
