package dev.smartrouter.scenario;

import static dev.smartrouter.scenario.ClusterTown.pods;
import static dev.smartrouter.scenario.ClusterTown.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The reference's scenarios 9.6 A and 9.17: the routers are restarted one after another, and nobody notices. */
class RoutersRollIT {
    private static final int ROUTERS = 3;
    private static final int PODS = 8;
    private static final int WORKERS = 4;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String EXCLUSIVE = """
            {"tiers":{"gold":{"type":"exclusive","target":1}},"default_chain":["gold"]}""";

    @Test
    void noRequestMeetsARouterThatGoes() {
        try (var town = ClusterTown.found().with("SHUTDOWN_DELAY", "1s")) {
            town.tiers(EXCLUSIVE).agents(PODS);
            var running = new CopyOnWriteArrayList<Router.Separate>();
            for (int i = 0; i < ROUTERS; i++) running.add(town.join(Router.apart(town.settings())));
            running.forEach(Router::awaitReady);
            town.awaitAvailable(pods(0, PODS));
            try (var service = new Service(running)) {
                var talking =
                        service.ask(caller -> caller.allocate("CA-talking")).is(200);
                var load = new Load(service);
                var working = Crowd.meanwhile(load::run);
                for (int i = 0; i < ROUTERS; i++) {
                    var old = running.getFirst();
                    var next = town.join(Router.apart(town.settings()));
                    next.awaitReady();
                    running.add(next);
                    load.awaitSome();
                    assertThat(old.terminate(GRACE))
                            .as("ended within its grace period")
                            .isTrue();
                    running.remove(old);
                    town.left(old);
                    load.awaitSome();
                }
                town.awaitLeader();
                load.working.set(false);
                working.join();
                System.out.println("served during the roll: " + load.served);
                assertThat(load.errors).isEmpty();
                service.ask(caller -> caller.allocate("CA-talking")).replays(talking);
                service.ask(caller -> caller.release("CA-talking")).is(200);
            }
            town.awaitAvailable(pods(0, PODS));
        }
    }

    /** A Kubernetes Service: round robin over those whose readiness probe last said yes. */
    private static final class Service implements AutoCloseable {
        private final List<Router.Separate> routers;
        private final ScheduledExecutorService prober = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger turn = new AtomicInteger();
        private volatile List<Router.Separate> ready = List.of();

        Service(List<Router.Separate> routers) {
            this.routers = routers;
            probe();
            var unused = prober.scheduleWithFixedDelay(this::probe, 50, 50, TimeUnit.MILLISECONDS);
        }

        private void probe() {
            ready = routers.stream().filter(Service::isReady).toList();
        }

        private static boolean isReady(Router router) {
            try {
                return router.caller().get("/ready?of=router").isOk();
            } catch (UncheckedIOException e) {
                return false;
            }
        }

        Answer ask(Function<Caller, Answer> question) {
            var now = ready;
            return question.apply(
                    now.get(Math.floorMod(turn.getAndIncrement(), now.size())).caller());
        }

        @Override
        public void close() {
            prober.shutdownNow();
        }
    }

    private static final class Load {
        private final Service service;
        private final AtomicBoolean working = new AtomicBoolean(true);
        private final AtomicInteger served = new AtomicInteger();
        private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();

        Load(Service service) {
            this.service = service;
        }

        int run() {
            Crowd.each(WORKERS, worker -> {
                for (int i = 0; working.get(); i++) place("CA-" + worker + "-" + i);
                return null;
            });
            return served.get();
        }

        void awaitSome() {
            var now = served.get();
            within(Duration.ofSeconds(20), "calls").until(() -> served.get() > now + 5 * WORKERS);
        }

        private void place(String call) {
            try {
                expectOk(service.ask(caller -> caller.allocate(call)));
                expectOk(service.ask(
                        caller -> caller.form("/api/v1/twilio/status", "CallSid=" + call + "&CallStatus=in-progress")));
                expectOk(service.ask(caller -> caller.release(call)));
                served.incrementAndGet();
            } catch (RuntimeException e) {
                errors.add(call + ": " + e);
            }
        }

        private void expectOk(Answer answer) {
            if (answer.status() >= 300) errors.add(answer.toString());
        }
    }
}
