package dev.smartrouter.simulator.provider;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The three providers: places calls as planned, and tells a watch of all that it sees. */
public final class Carriers implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final CarrierSettings settings;
    private final CallWatch watch;
    private final Map<Telephony, Carrier> carriers = new EnumMap<>(Telephony.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService sockets = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("carrier-sockets-", 0).factory());
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(sockets)
            .build();
    private final Metronome metronome = new Metronome();
    private final Spread echoes = new Spread();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger live = new AtomicInteger();

    public Carriers(CarrierSettings settings, CallWatch watch) {
        this.settings = settings;
        this.watch = watch;
        for (var telephony : Telephony.values()) carriers.put(telephony, Carrier.of(telephony, settings.signing()));
    }

    /**
     * The call's time has come. Returns at once; whatever its plan and whatever goes wrong, the watch is told once that
     * it was placed and once that it ended.
     *
     * @throws RejectedExecutionException if this is closed
     */
    public void place(CallPlan plan) {
        var line = new Call.Line(threads, http, metronome, echoes);
        var carrier = Objects.requireNonNull(carriers.get(plan.telephony()));
        var call = new Call(plan, carrier, settings, watch, line);
        live.incrementAndGet();
        calls.add(call);
        try {
            threads.execute(() -> live(call));
        } catch (RejectedExecutionException e) {
            calls.remove(call);
            live.decrementAndGet();
            throw e;
        }
    }

    private void live(Call call) {
        try {
            call.run();
        } finally {
            live.decrementAndGet();
            call.done().join();
            calls.remove(call);
        }
    }

    /** Calls that were placed and have not ended. */
    public int live() {
        return live.get();
    }

    /** @return whether within this time all calls ended, and all webhooks came back, also those of calls long over */
    public boolean awaitQuiet(Duration within) {
        var deadline = System.nanoTime() + within.toNanos();
        while (!calls.isEmpty()) {
            var all = calls.stream().map(Call::done).toArray(CompletableFuture<?>[]::new);
            var left = Duration.ofNanos(deadline - System.nanoTime());
            if (!Waiting.forAny(left, CompletableFuture.allOf(all))) return false;
        }
        return true;
    }

    /** Every callee hangs up now. A call that went well so far counts as complete. */
    public void hangUpAll() {
        calls.forEach(Call::hangUp);
    }

    /** How much later than due frames were sent. */
    public Spread lateness() {
        return metronome.lateness();
    }

    /** How long echoes took, from sending a frame to hearing it. */
    public Spread echoes() {
        return echoes;
    }

    /** Hangs up all calls and gives them 10 s to say goodbye. */
    @Override
    public void close() {
        hangUpAll();
        awaitQuiet(LAST_WORDS);
        threads.shutdownNow();
        metronome.close();
        http.shutdownNow();
        sockets.shutdown();
    }
}
