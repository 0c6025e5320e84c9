package dev.smartrouter.simulator;

import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.scenario.Schedule;
import dev.smartrouter.simulator.verdict.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Tells a story on a world: each call is placed and each deed done at its time, and at the end somebody judges. */
final class Telling implements AutoCloseable {
    /** For whoever is still on the line after the last call should be over, and for a roll that is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final World world;
    private final Schedule schedule;
    private final Deeds deeds;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("story").factory());
    private final CountDownLatch broken = new CountDownLatch(1);

    /** @param schedule at the world's speed */
    Telling(World world, Schedule schedule) {
        this.world = world;
        this.schedule = schedule;
        this.deeds = new Deeds(world);
    }

    /** The story begins; returns at once. */
    void begin() {
        for (var call : schedule.calls()) at(call.at(), () -> world.carriers().place(call));
        for (var happening : schedule.happenings())
            at(happening.at(), () -> {
                var unused = deeds.start(happening.deed());
            });
    }

    /** Waits until the last call is placed and the last deed begun; false if somebody broke it off before. */
    boolean awaitEnd() throws InterruptedException {
        return !broken.await(length().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing more begins. */
    void breakOff() {
        clock.shutdownNow();
        broken.countDown();
    }

    /** Waits until all is quiet, and judges. */
    Verdict verdict() {
        clock.shutdown();
        try {
            var unused = clock.awaitTermination(1, TimeUnit.SECONDS); // the last deed has begun
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deeds.finish(PATIENCE);
        var longest = schedule.calls().stream()
                .map(CallPlan::talks)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        if (!world.carriers().awaitQuiet(longest.plus(PATIENCE))) {
            world.carriers().hangUpAll();
            world.carriers().awaitQuiet(PATIENCE);
        }
        return world.judge().atTheEnd();
    }

    Deeds deeds() {
        return deeds;
    }

    private Duration length() {
        var calls = schedule.calls().stream().map(CallPlan::at);
        var happenings = schedule.happenings().stream().map(Schedule.Happening::at);
        return Stream.concat(calls, happenings).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private void at(Duration time, Runnable deed) {
        var unused = clock.schedule(deed, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        breakOff();
        deeds.close();
    }
}
