package dev.smartrouter.scenario;

import dev.smartrouter.history.Deed;
import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.History;
import dev.smartrouter.history.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Callers that place calls until they are stopped: each asks for a pod, asks another router again, and releases. Where
 * they get no answer they ask another router, as providers do, once one is ready.
 */
final class CallLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final List<String> chain;
    private final List<? extends Router> routers;
    private final Recording recording = new Recording(true);
    private final AtomicBoolean working = new AtomicBoolean(true);
    private final AtomicInteger served = new AtomicInteger();
    private final CompletableFuture<?> running;

    private CallLoad(int callers, String name, List<String> chain, List<? extends Router> routers) {
        this.name = name;
        this.chain = chain;
        this.routers = routers;
        running = Crowd.meanwhile(() -> Crowd.each(callers, this::work));
    }

    /**
     * @param name how the sids of its calls begin
     * @param chain the pools that its calls are offered
     * @param routers those that there are; the list may change meanwhile, and is never empty
     */
    static CallLoad start(int callers, String name, List<String> chain, List<? extends Router> routers) {
        return new CallLoad(callers, name, chain, routers);
    }

    /** Until so many more calls have come to their end. */
    void awaitCalls(int more) {
        var enough = served.get() + more;
        Awaitility.await(more + " more calls")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> served.get() >= enough || running.isDone());
    }

    /** All calls are over. @return what the callers saw */
    History stop() {
        working.set(false);
        running.join();
        recording.close();
        return recording.history();
    }

    int served() {
        return served.get();
    }

    private Void work(int caller) {
        for (int i = 0; working.get(); i++) place("c" + caller, name + caller + "-" + i, caller + i);
        return null;
    }

    private void place(String caller, String call, int router) {
        if (ask(caller, new Allocate(call, chain), router) instanceof Outcome.NoPods) return;
        ask(caller, new Allocate(call, chain), router + 1);
        ask(caller, new Release(call), router + 2);
        served.incrementAndGet();
    }

    private Outcome ask(String client, Deed deed, int router) {
        for (int i = router; ; i++) {
            var all = List.copyOf(routers);
            var outcome = recording.take(client, question(deed, all.get(i % all.size())));
            if (!outcome.equals(Outcome.UNKNOWN)) return outcome;
            Awaitility.await("service")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> List.copyOf(routers).stream().anyMatch(Router::isReady));
        }
    }

    private static Question question(Deed deed, Router router) {
        return new Question(deed, false, () -> switch (deed) {
            case Allocate(var call, var chain) -> router.caller().allocate(call);
            case Release(var call) -> router.caller().release(call);
            default -> throw new IllegalArgumentException("callers do not " + deed);
        });
    }
}
