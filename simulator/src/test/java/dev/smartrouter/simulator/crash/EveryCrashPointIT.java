package dev.smartrouter.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.call.ReleaseResult;
import dev.smartrouter.pool.StoreUnavailableException;
import dev.smartrouter.simulator.fault.CrashPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Every transition, interrupted at every point of every exchange that it makes: before it is sent, after, within its
 * reply, and instead of its reply. None is left out and none is drawn by chance.
 */
class EveryCrashPointIT {
    private static final int AT_ONCE = 12;
    private static final Duration SOON = Duration.ofSeconds(10);
    /** It says that it lost Redis: so it did, at every point. */
    private static final Logger link = (Logger) LoggerFactory.getLogger("dev.smartrouter.pool.RedisLink");

    private static int points;

    static Stream<Transition<?>> transitions() {
        return Stream.concat(
                ofCalls(), Stream.concat(LeaderTransitions.all().stream(), GateTransitions.all().stream()));
    }

    static Stream<Transition<?>> ofCalls() {
        return Stream.concat(
                Stream.concat(claims(), CallTransitions.replay().stream()),
                Stream.concat(CallTransitions.release().stream(), CallTransitions.others().stream()));
    }

    static Stream<Transition<AllocationResult>> claims() {
        return CallTransitions.claims().stream();
    }

    @BeforeAll
    static void hush() {
        link.setLevel(Level.ERROR);
    }

    @AfterAll
    static void tell() {
        link.setLevel(null);
        System.out.println("crash points: " + points);
    }

    /** The router sends again what it has no answer to, and is right to. */
    @ParameterizedTest
    @MethodSource("transitions")
    <T> void theConnectionBreaksThereAndTheRouterGoesOn(Transition<T> transition) {
        atEveryPointOf(transition, (lab, point) -> {
            lab.proxy.crashAt(point);
            transition.done().check(lab, transition.act().by(lab.router, lab));
        });
    }

    /** Redis was restarted: the first words on the new connection break, any of them. */
    @ParameterizedTest
    @MethodSource("dev.smartrouter.simulator.crash.GateTransitions#hello")
    <T> void theGreetingBreaksThereAndTheRouterGreetsAgain(Transition<T> transition) {
        theConnectionBreaksThereAndTheRouterGoesOn(transition);
    }

    /** It has no second try; whoever asked it asks another. */
    @ParameterizedTest
    @MethodSource("transitions")
    <T> void theRouterDiesThereAndAnotherDoesTheSame(Transition<T> transition) {
        atEveryPointOf(transition, (lab, point) -> {
            lab.proxy.refuse();
            lab.proxy.crashAt(point);
            var dying = meanwhile(() -> transition.act().by(lab.router, lab));
            Awaitility.await("the point").pollInterval(Duration.ofMillis(1)).until(() -> !lab.proxy.isCrashDue());
            lab.router.close();
            assertRefused(dying);
            transition.done().check(lab, transition.act().by(lab.bystander, lab));
        });
    }

    /** The caller is refused and never asks again: what the store did for it is undone. */
    @ParameterizedTest
    @MethodSource("claims")
    void theStoreIsGoneFromThereOnAndNoPodIsHeldForWhoWasRefused(Transition<AllocationResult> transition) {
        atEveryPointOf(transition, (lab, point) -> {
            var before = lab.live();
            outage(
                    lab,
                    point,
                    () -> assertThat(transition.act().by(lab.router, lab))
                            .isInstanceOf(AllocationResult.Unavailable.class));
            awaitMended(lab, () -> assertThat(lab.live()).isEqualTo(before));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.smartrouter.simulator.crash.CallTransitions#release")
    void theStoreIsGoneFromThereOnAndAReleaseIsStillDone(Transition<ReleaseResult> transition) {
        atEveryPointOf(transition, (lab, point) -> {
            outage(
                    lab,
                    point,
                    () -> assertThat(transition.act().by(lab.router, lab))
                            .isInstanceOf(ReleaseResult.Unavailable.class));
            awaitMended(lab, () -> assertThat(lab.isLive("CA-1")).isFalse());
            transition.done().check(lab, new ReleaseResult.NotFound());
        });
    }

    /** Whoever was refused asks again when it is back, and finds things as they were or as it wanted them. */
    @ParameterizedTest
    @MethodSource("ofCalls")
    <T> void theStoreIsGoneFromThereOnAndWhoAsksAgainIsServed(Transition<T> transition) {
        atEveryPointOf(transition, (lab, point) -> {
            outage(
                    lab,
                    point,
                    () -> assertRefused(meanwhile(() -> transition.act().by(lab.router, lab))));
            Awaitility.await("service")
                    .atMost(SOON)
                    .ignoreException(StoreUnavailableException.class)
                    .until(() -> {
                        lab.router.recovery().beat("router");
                        return true;
                    });
            transition.done().check(lab, transition.act().by(lab.router, lab));
        });
    }

    private static <T> void atEveryPointOf(Transition<T> transition, BiConsumer<Lab, CrashPoint> what) {
        var failures = new ArrayList<Throwable>();
        var all = pointsOf(transition);
        var done = new ArrayList<Future<?>>();
        try (var labs = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var point : all) done.add(labs.submit(() -> at(point, transition, what)));
        }
        for (var each : done) {
            try {
                each.get();
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        points += all.size();
        assertThat(failures).as(transition + ", of " + all.size() + " points").isEmpty();
    }

    private static <T> void at(CrashPoint point, Transition<T> transition, BiConsumer<Lab, CrashPoint> what) {
        try (var lab = new Lab()) {
            transition.given().accept(lab);
            what.accept(lab, point);
            assertThat(lab.proxy.isCrashDue()).as("still to come").isFalse();
            lab.assertLawful();
            transition.tidy().accept(lab);
            lab.assertWhole();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(transition + " at " + point + ": " + e.getMessage(), e);
        }
    }

    /** Counted where nothing breaks: all exchanges, and how long each reply is. */
    private static <T> List<CrashPoint> pointsOf(Transition<T> transition) {
        try (var lab = new Lab()) {
            transition.given().accept(lab);
            lab.replies.forget();
            var before = lab.proxy.exchanges();
            transition.done().check(lab, transition.act().by(lab.router, lab));
            var exchanges = Math.toIntExact(lab.proxy.exchanges() - before);
            var lengths = lab.replies.lengths();
            assertThat(lengths).as("a reply for each exchange").hasSize(exchanges);
            assertThat(exchanges).isPositive();
            transition.tidy().accept(lab);
            lab.assertWhole();
            return IntStream.rangeClosed(1, exchanges)
                    .boxed()
                    .flatMap(n -> pointsOf(n, lengths.get(n - 1)))
                    .toList();
        }
    }

    private static Stream<CrashPoint> pointsOf(int exchange, int replyLength) {
        var within = IntStream.of(1, replyLength / 2, replyLength - 1)
                .distinct()
                .mapToObj(bytes -> CrashPoint.inReply(exchange, bytes));
        return Stream.concat(
                Stream.of(CrashPoint.before(exchange), CrashPoint.after(exchange), CrashPoint.replyLost(exchange)),
                within);
    }

    /** From this point on nobody reaches the store, until this has been done. */
    private static void outage(Lab lab, CrashPoint point, Runnable meanwhile) {
        lab.proxy.refuse();
        lab.proxy.crashAt(point);
        meanwhile.run();
        lab.proxy.admit();
    }

    private static void awaitMended(Lab lab, Runnable expected) {
        Awaitility.await("mended").atMost(SOON).untilAsserted(() -> {
            lab.router.mend();
            expected.run();
        });
    }

    private static <T> CompletableFuture<T> meanwhile(Supplier<T> what) {
        return CompletableFuture.supplyAsync(what, task -> Thread.ofVirtual().start(task));
    }

    /** As a caller is told: by an exception, or by an answer that is one. */
    private static void assertRefused(CompletableFuture<?> asked) {
        try {
            assertThat(asked.get())
                    .isInstanceOfAny(AllocationResult.Unavailable.class, ReleaseResult.Unavailable.class);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(StoreUnavailableException.class);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
