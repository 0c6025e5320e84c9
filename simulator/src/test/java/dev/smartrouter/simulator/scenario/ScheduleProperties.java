package dev.smartrouter.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smartrouter.app.Settings;
import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CallPlan.Fate;
import dev.smartrouter.simulator.scenario.Schedule.Happening;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Laws of schedules, for any seed. Bounds on chance are six standard deviations wide: one in a billion misses them. */
class ScheduleProperties {
    private static final Duration HOUR = Duration.ofHours(1);

    @Property(tries = 100)
    void theSameSeedGivesTheSameScheduleAndAnotherAnother(@ForAll("brief") String name, @ForAll long seed) {
        var scenario = ScenarioFile.shipped(name);
        var schedule = Schedule.of(scenario, seed);
        assertThat(Schedule.of(ScenarioFile.shipped(name), seed)).isEqualTo(schedule);
        assertThat(Schedule.of(scenario, seed + 1).calls()).isNotEqualTo(schedule.calls());
    }

    @Property(tries = 100)
    void allIsInTheOrderOfTimeAndWithinTheStory(@ForAll("brief") String name, @ForAll long seed) {
        var scenario = ScenarioFile.shipped(name);
        var schedule = Schedule.of(scenario, seed);
        assertThat(schedule.calls().stream().map(CallPlan::at).toList())
                .isSorted()
                .allMatch(at -> !at.isNegative() && at.compareTo(scenario.lasts()) < 0);
        assertThat(schedule.calls()).allMatch(call -> call.talks().isPositive());
        assertThat(schedule.happenings()).isSortedAccordingTo(Comparator.comparing(Happening::at));
    }

    @Property(tries = 50)
    void anyPodIsOneThatIsThere(@ForAll long seed) {
        var schedule = Schedule.of(ScenarioFile.shipped("everything-at-once"), seed);
        var replicas = 14;
        for (var happening : schedule.happenings()) {
            if (happening.deed() instanceof Deed.ScaleAgents(var now)) replicas = now;
            if (happening.deed() instanceof Deed.KillPod(var pod))
                assertThat(pod).isBetween(0, replicas - 1);
            if (happening.deed() instanceof Deed.KillRouter(var router))
                assertThat(router).isBetween(0, 2);
        }
    }

    @Property(tries = 100)
    void aPoissonStreamHasItsRate(@ForAll long seed, @ForAll @DoubleRange(min = 0.05, max = 5) double rate) {
        var arrival = new Arrival.Poisson(rate);
        var times = arrival.times(HOUR, new Chance(seed, "test"));
        near(times.size(), rate * 3_600);
        assertThat(arrival.expected(HOUR)).isEqualTo(rate * 3_600, within(1e-6));
        // so are its gaps: of an exponential distribution, e^-1 are longer than the mean
        var longer = IntStream.range(1, times.size())
                .filter(i -> seconds(times.get(i).minus(times.get(i - 1))) > 1 / rate)
                .count();
        Assume.that(times.size() > 1_000);
        assertThat((double) longer / times.size()).isEqualTo(Math.exp(-1), within(6 * 0.49 / Math.sqrt(times.size())));
    }

    @Property(tries = 100)
    void aCurveHasItsRateInEachOfItsParts(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 3) double first,
            @ForAll @DoubleRange(min = 0.01, max = 3) double second,
            @ForAll @IntRange(min = 60, max = 3_540) int turn) {
        var curve = new Arrival.Curve(
                List.of(new Arrival.Point(Duration.ZERO, first), new Arrival.Point(Duration.ofSeconds(turn), second)));
        var times = curve.times(HOUR, new Chance(seed, "test"));
        var before = times.stream().filter(at -> seconds(at) < turn).count();
        near(before, (first + second) / 2 * turn);
        near(times.size() - before, second * (3_600 - turn));
        assertThat(curve.expected(HOUR)).isEqualTo((first + second) / 2 * turn + second * (3_600 - turn), within(1e-6));
    }

    @Property(tries = 100)
    void aBurstIsAsManyAsItSaysInTheTimeItSays(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int calls) {
        var burst = new Arrival.Burst(calls, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(60));
        var times = burst.times(Duration.ofMinutes(3), new Chance(seed, "test"));
        assertThat(times).hasSize(3 * calls).isSorted();
        assertThat(times).allMatch(at -> seconds(at) % 60 >= 30 && seconds(at) % 60 < 35);
    }

    @Property(tries = 50)
    void talksHaveTheirMedianAndTheirP95(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int median,
            @ForAll @DoubleRange(min = 1.2, max = 4) double times) {
        var p95 = Duration.ofMillis((long) (median * 1_000 * times));
        var talk = new Talk.Lognormal(Duration.ofSeconds(median), p95);
        var chance = new Chance(seed, "test");
        var lengths =
                IntStream.range(0, 10_000).mapToObj(i -> talk.draw(chance)).toList();
        var shorter = lengths.stream().filter(length -> length.toSeconds() < median);
        assertThat(shorter.count() / 1e4).isEqualTo(0.5, within(6 * 0.5 / 100));
        var short95 = lengths.stream().filter(length -> length.compareTo(p95) <= 0);
        assertThat(short95.count() / 1e4).isEqualTo(0.95, within(6 * 0.218 / 100));
        assertThat(lengths).allMatch(length -> length.isPositive() && length.compareTo(p95.multipliedBy(3)) <= 0);
    }

    @Property(tries = 20)
    void sharesAndWeightsAreKept(@ForAll long seed) {
        var scenario = ScenarioFile.shipped("laptop");
        var calls = Schedule.of(scenario, seed).calls();
        share(calls, 0.05, call -> call.fate() == Fate.UNANSWERED);
        share(calls, 0.03, call -> call.fate() == Fate.BUSY);
        share(calls, 0.02, call -> call.fate() == Fate.HANGS_UP_EARLY);
        share(calls, 0.90 * 0.40, CallPlan::agentHangsUp);
        share(calls, 0.92 * 0.05, call -> call.duplicates() > 0);
        share(calls, 2 / 6.0, call -> call.merchant().equals("9shines"));
        share(calls, 1 / 6.0, call -> call.merchant().isEmpty());
    }

    @Property(tries = 50)
    void toldFasterEveryTimeIsDivided(
            @ForAll("brief") String name, @ForAll long seed, @ForAll @DoubleRange(min = 1, max = 100) double speed) {
        var story = Schedule.of(ScenarioFile.shipped(name), seed);
        var faster = story.scaled(speed);
        assertThat(faster.calls()).hasSameSizeAs(story.calls());
        assertThat(faster.happenings()).hasSameSizeAs(story.happenings());
        for (var i = 0; i < story.calls().size(); i++) {
            var slow = story.calls().get(i);
            var fast = faster.calls().get(i);
            assertThat(fast.sid()).isEqualTo(slow.sid());
            divided(fast.at(), slow.at(), speed);
            if (fast.talks().equals(Duration.ofSeconds(1)))
                assertThat(slow.talks()).isGreaterThan(fast.talks()); // no shorter
            else divided(fast.talks(), slow.talks(), speed);
            if (fast.duplicates() > 0) assertThat(fast.duplicateAfter()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        }
        for (var i = 0; i < story.happenings().size(); i++) {
            divided(faster.happenings().get(i).at(), story.happenings().get(i).at(), speed);
        }
        assertThat(story.scaled(1)).isEqualTo(story);
    }

    @Property(tries = 300)
    void theRouterTakesItsSettingsAtAnySpeed(
            @ForAll @DoubleRange(min = 1, max = 100) double speed,
            @ForAll @IntRange(min = 1_000, max = 300_000) int lease,
            @ForAll @IntRange(min = 500, max = 300_000) int renew,
            @ForAll @IntRange(min = 50, max = 60_000) int retry) {
        Assume.that(renew < lease && retry * 6 < renew * 5);
        var overrides = Map.of(
                "LEADER_LEASE_DURATION", lease + "ms",
                "LEADER_RENEW_DEADLINE", renew + "ms",
                "LEADER_RETRY_PERIOD", retry + "ms",
                "CALL_INFO_TTL", "1h",
                "REDIS_TIMEOUT", "500ms");
        var settings = settings(RouterSettings.scaled(overrides, speed));
        assertThat(seconds(settings.election().lease())).isEqualTo(Math.max(1, lease / speed / 1e3), within(0.002));
        assertThat(settings.redis().timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.lifetimes().callInfo()).isEqualTo(HOUR);
        assertThat(settings.lifetimes().lease()).isEqualTo(Duration.ofHours(24));
        assertThat(seconds(settings.intervals().reconcile())).isEqualTo(60 / speed, within(0.002));
        assertThat(seconds(settings.lifetimes().recoveryWait())).isEqualTo(10 / speed, within(0.002));
        assertThat(seconds(settings.intervals().audit())).isEqualTo(Math.max(0.1, 5 / speed), within(0.002));
    }

    @Property(tries = 20)
    void atTheirOwnSpeedTheSettingsAreTheRoutersOwn(@ForAll("brief") String name) {
        var scenario = ScenarioFile.shipped(name);
        assertThat(settings(scenario.settingsScaled(1))).isEqualTo(settings(scenario.settings()));
    }

    @Provide
    Arbitrary<String> brief() {
        return Arbitraries.of(ShippedScenariosTest.briefNames());
    }

    private static Settings settings(Map<String, String> variables) {
        var all = new HashMap<>(variables);
        all.put("VOICE_AGENT_BASE_URL", "ws://localhost");
        return Settings.of(all);
    }

    private static void share(List<CallPlan> calls, double share, Predicate<CallPlan> which) {
        var spread = Math.sqrt(share * (1 - share) / calls.size());
        assertThat((double) calls.stream().filter(which).count() / calls.size()).isEqualTo(share, within(6 * spread));
    }

    /** A Poisson variable is near its mean; a small one is near enough if it is within what six deviations allow. */
    private static void near(double count, double mean) {
        assertThat(count).isEqualTo(mean, within(6 * Math.sqrt(mean) + 10));
    }

    private static void divided(Duration fast, Duration slow, double speed) {
        assertThat(fast.toNanos()).isCloseTo((long) (slow.toNanos() / speed), within(1L));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
