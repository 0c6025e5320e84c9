package dev.smartrouter.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CallPlan.Fate;
import dev.smartrouter.simulator.provider.Telephony;
import dev.smartrouter.simulator.scenario.Schedule.Happening;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** What follows from a scenario and a seed. */
class ScheduleTest {
    private static final String DAY = """
            about: A day.
            lasts: 3m
            agents: {replicas: 6}
            tiers:
              gold: {type: exclusive, target: 4}
              default_chain: [gold]
            calls:
              - arrive: {poisson: 1}
                talk: {fixed: 20s}
            """;

    /** Whoever means to change what a seed stands for writes the new hash here, and says so in the commit. */
    @Test
    void theScheduleOfASeedIsWhatItWas() {
        var schedule = day("""
                    unanswered: 10%
                    busy: 10%
                    hangs-up-early: 10%
                    agent-hangs-up: 40%
                    no-status-callback: 20%
                    duplicates: {share: 30%, times: 2, apart: 1s}
                  - arrive: {curve: [[0s, 0.5], [1m, 2]]}
                    talk: {lognormal: {median: 20s, p95: 60s}}
                    providers: {twilio: 3, exotel: 1}
                    merchants: {acme: 2, none: 1}
                  - arrive: {burst: {calls: 20, at: 10s, over: 5s, every: 1m}}
                    talk: {uniform: {from: 5s, to: 20s}}
                merchants: {acme: {tier: gold}, zeta: {share: 2}}
                events:
                  - {at: 10s, every: 20s, do: kill-pod, pod: any}
                  - {at: 50s, do: kill-router, router: any}
                """);
        assertThat(Hashing.sha256()
                        .hashString(schedule.toString(), StandardCharsets.UTF_8)
                        .toString())
                .isEqualTo("b5645153d809c9a1dca03f26328a08cc07dd78e4cb0a9ffb6a60c4291aa0d630");
    }

    @Test
    void neitherLanguageNorTimeZoneMatters() {
        var scenario = ScenarioFile.shipped("everything-at-once");
        var here = Schedule.of(scenario, 7);
        var locale = Locale.getDefault();
        var zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            assertThat(Schedule.of(ScenarioFile.shipped("everything-at-once"), 7))
                    .isEqualTo(here);
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(Schedule.of(ScenarioFile.shipped("everything-at-once"), 7))
                    .isEqualTo(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void theOrderInWhichAFileNamesThingsDoesNotMatter() {
        var one = day("    providers: {twilio: 1, plivo: 2, exotel: 3}\n");
        var other = day("    providers: {exotel: 3, twilio: 1, plivo: 2}\n");
        assertThat(one).isEqualTo(other);
    }

    @Test
    void anEventMoreChangesNoCallAndNoOtherTarget() {
        var one = day("events: [{at: 5s, every: 5s, do: kill-pod, pod: any}]\n");
        var more = day("""
                events:
                  - {at: 5s, every: 5s, do: kill-pod, pod: any}
                  - {at: 7s, every: 5s, do: crash-pod, pod: any}
                """);
        assertThat(more.calls()).isEqualTo(one.calls());
        assertThat(more.happenings()).hasSize(70).containsAll(one.happenings());
    }

    @Test
    void aShareMoreChangesNeitherWhoCallsNorWhen() {
        var one = day("");
        var more = day(
                "    busy: 20%\n    agent-hangs-up: 50%\n    duplicates: {share: 50%}\n    no-status-callback: 30%\n");
        assertThat(more).isNotEqualTo(one);
        assertThat(more.calls().stream().map(CallPlan::sid))
                .containsExactlyElementsOf(
                        one.calls().stream().map(CallPlan::sid).toList());
        assertThat(more.calls().stream().map(CallPlan::at))
                .containsExactlyElementsOf(
                        one.calls().stream().map(CallPlan::at).toList());
    }

    @Test
    void sidsLookAsEachProviderWritesThem() {
        for (var call : Schedule.of(ScenarioFile.shipped("laptop"), 1).calls()) {
            assertThat(call.sid())
                    .matches(
                            switch (call.telephony()) {
                                case TWILIO -> "CA[0-9a-f]{32}";
                                case PLIVO -> "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
                                case EXOTEL -> "[0-9a-f]{32}";
                            });
        }
    }

    @Test
    void onlyACallThatWasPickedUpHasDuplicatesOrIsForgotten() {
        var calls = day("    busy: 30%\n    unanswered: 30%\n    hangs-up-early: 20%\n    agent-hangs-up: 100%\n"
                        + "    duplicates: {share: 100%, times: 3, apart: 2s}\n    no-status-callback: 100%\n")
                .calls();
        assertThat(calls.stream().map(CallPlan::fate).distinct()).hasSize(4);
        for (var call : calls) {
            var pickedUp = call.fate() == Fate.TALKS || call.fate() == Fate.HANGS_UP_EARLY;
            assertThat(call.duplicates()).isEqualTo(pickedUp ? 3 : 0);
            assertThat(call.statusCallback()).isEqualTo(!pickedUp);
            assertThat(call.agentHangsUp()).isEqualTo(call.fate() == Fate.TALKS);
        }
    }

    @Test
    void callsAreThoseOfTheMerchantsInTheWeightsOfTheStreamOrElseTheirOwn() {
        var merchants = "merchants:\n  acme: {tier: gold, share: 1}\n  zeta: {share: 0}\n";
        assertThat(day("").calls().stream().map(CallPlan::merchant).distinct()).containsExactly("");
        assertThat(day(merchants).calls().stream().map(CallPlan::merchant).distinct())
                .containsExactly("acme");
        assertThat(day("    merchants: {zeta: 1, none: 1}\n" + merchants).calls().stream()
                        .map(CallPlan::merchant)
                        .distinct())
                .containsExactlyInAnyOrder("zeta", "");
    }

    @Test
    void everyWordBecomesItsDeed() {
        var schedule = day("""
                routers: {count: 2}
                events:
                  - {at: 1s, do: kill-pod, pod: 1}
                  - {at: 2s, do: crash-pod, pod: 2}
                  - {at: 3s, do: hang-pod, pod: 3, lasts: 4s}
                  - {at: 4s, do: unready-pod, pod: 4, lasts: 5s}
                  - {at: 5s, do: drain-pod, pod: 5}
                  - {at: 6s, do: undrain-pod, pod: 5}
                  - {at: 7s, do: scale-agents, replicas: 8}
                  - {at: 8s, do: roll-agents}
                  - {at: 9s, do: roll-routers}
                  - {at: 10s, do: kill-router, router: 1}
                  - {at: 11s, do: kill-leader}
                  - {at: 12s, do: pause-router, router: 0, lasts: 6s}
                  - {at: 13s, do: cut-kubernetes, lasts: 7s}
                  - {at: 14s, do: flush-redis}
                  - {at: 15s, do: restart-redis}
                  - {at: 16s, do: freeze-redis, lasts: 8s}
                  - {at: 17s, do: slow-redis, by: 10ms, lasts: 9s}
                  - {at: 18s, do: cut-redis}
                  - {at: 19s, do: drop-replies, lasts: 10s}
                  - {at: 20s, do: agents-forget, lasts: 11s}
                  - at: 21s
                    do: set-tiers
                    tiers: {gold: {type: exclusive, target: 1}, default_chain: [gold]}
                """);
        assertThat(schedule.happenings().stream().map(Happening::deed))
                .containsExactly(
                        new Deed.KillPod(1),
                        new Deed.CrashPod(2),
                        new Deed.HangPod(3, Duration.ofSeconds(4)),
                        new Deed.UnreadyPod(4, Duration.ofSeconds(5)),
                        new Deed.DrainPod(5),
                        new Deed.UndrainPod(5),
                        new Deed.ScaleAgents(8),
                        new Deed.RollAgents(),
                        new Deed.RollRouters(),
                        new Deed.KillRouter(1),
                        new Deed.KillLeader(),
                        new Deed.PauseRouter(0, Duration.ofSeconds(6)),
                        new Deed.CutKubernetes(Duration.ofSeconds(7)),
                        new Deed.FlushRedis(),
                        new Deed.RestartRedis(),
                        new Deed.FreezeRedis(Duration.ofSeconds(8)),
                        new Deed.SlowRedis(Duration.ofMillis(10), Duration.ofSeconds(9)),
                        new Deed.CutRedis(),
                        new Deed.DropReplies(Duration.ofSeconds(10)),
                        new Deed.AgentsForget(Duration.ofSeconds(11)),
                        new Deed.SetTiers(
                                "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}"));
        assertThat(schedule.happenings()).hasSameSizeAs(Word.values());
        var scaled =
                schedule.scaled(10).happenings().stream().map(Happening::deed).toList();
        assertThat(scaled)
                .contains(
                        new Deed.HangPod(3, Duration.ofMillis(400)),
                        new Deed.PauseRouter(0, Duration.ofMillis(600)),
                        new Deed.SlowRedis(Duration.ofMillis(10), Duration.ofMillis(900)),
                        new Deed.AgentsForget(Duration.ofMillis(1_100)));
    }

    @Test
    void aSpeedThatIsNoneIsRefused() {
        for (var speed : new double[] {0, 0.5, 101, Double.NaN}) {
            assertThatThrownBy(() -> new Schedule(List.of(), List.of()).scaled(speed))
                    .hasMessage("speed must be from 1 to 100, not " + speed);
        }
    }

    @Test
    void everyProviderCallsUnlessAStreamSaysOtherwise() {
        assertThat(day("").calls().stream().map(CallPlan::telephony).distinct()).hasSize(3);
        assertThat(day("    providers: {plivo: 1}\n").calls().stream()
                        .map(CallPlan::telephony)
                        .distinct())
                .containsExactly(Telephony.PLIVO);
    }

    private static Schedule day(String more) {
        return Schedule.of(ScenarioFile.parse("day.yaml", DAY + more), 7);
    }
}
