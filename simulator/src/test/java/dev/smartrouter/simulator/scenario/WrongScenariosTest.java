package dev.smartrouter.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One line is wrong, and one line says so: which, what is in it, and what would be right. */
class WrongScenariosTest {
    private static final String GOOD = """
            about: A day.
            lasts: 3m
            routers: {count: 3}
            agents:
              replicas: 6
              grace: 30s
            tiers:
              gold: {type: exclusive, target: 4}
              basic: {type: shared, target: 2, max_concurrent: 3}
              default_chain: [gold, basic]
            merchants:
              acme: {tier: gold, share: 2}
            calls:
              - arrive:
                  poisson: 0.5
                talk:
                  lognormal: {median: 20s, p95: 60s}
                providers: {twilio: 1}
                busy: 3%
            settings:
              RECOVERY_WAIT: 10s
            events:
              - at: 30s
                do: kill-pod
                pod: any
              - {at: 60s, do: hang-pod, pod: 5, lasts: 20s}
            expect:
              refused: 20%
            """;

    static Stream<Arguments> wrong() {
        return Stream.of(
                // what is no YAML
                one("lasts: 3m", "lasts: 3m: 4m", "2: is not YAML: mapping values are not allowed here"),
                one(
                        "lasts: 3m",
                        "\tlasts: 3m",
                        "2: is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
                one("    busy: 3%", "    busy: *share", "19: is not YAML: found undefined alias share"),
                one("lasts: 3m", "lasts: 3m\nlasts: 4m", "3: lasts: is here twice; the first is on line 2"),
                one("    busy: 3%", "    ? [a]\n    : 3%", "14: calls[0]: must have plain words as keys"),
                // keys
                one(
                        "lasts: 3m",
                        "last: 3m",
                        "2: last: is no key that belongs here; did you mean 'lasts'? (there are: about, lasts, routers, agents,"
                                + " tiers, merchants, calls, settings, events, expect)"),
                one(
                        "      poisson: 0.5",
                        "      poison: 0.5",
                        "15: calls[0].arrive.poison: is no key that belongs here; did you mean 'poisson'? (there are: poisson,"
                                + " burst, curve)"),
                one(
                        "    busy: 3%",
                        "    weather: fine",
                        "19: calls[0].weather: is no key that belongs here (there are: arrive, talk, providers, merchants,"
                                + " duplicates, unanswered, busy, hangs-up-early, agent-hangs-up, no-status-callback)"),
                one(
                        "  gold: {type: exclusive, target: 4}",
                        "  gold: {typ: exclusive, target: 4}",
                        "8: tiers.gold.typ: is no key that belongs here; did you mean 'type'? (there are: type, target,"
                                + " max_concurrent)"),
                one(
                        "lasts: 3m",
                        "",
                        "1: needs 'lasts', which is a duration longer than 0s such as 250ms, 30s or 1m30s"),
                one(
                        "  replicas: 6",
                        "",
                        "4: agents: needs 'replicas', which is how many pods there are, from 1 to 1000"),
                // values by themselves
                one(
                        "lasts: 3m",
                        "lasts: 3",
                        "2: lasts: must be a duration longer than 0s such as 250ms, 30s or 1m30s, not 3"),
                one(
                        "lasts: 3m",
                        "lasts: 0s",
                        "2: lasts: must be a duration longer than 0s such as 250ms, 30s or 1m30s, not '0s'"),
                one(
                        "lasts: 3m",
                        "lasts: forever",
                        "2: lasts: must be a duration longer than 0s such as 250ms, 30s or 1m30s, not 'forever'"),
                one("lasts: 3m", "lasts: 25h", "2: lasts: must be 24h or less, not 25h"),
                one("about: A day.", "about:", "1: about: must be one sentence that says what day it is, not nothing"),
                one(
                        "routers: {count: 3}",
                        "routers: {count: 0}",
                        "3: routers.count: must be how many routers there are, from 1 to 9, not 0"),
                one(
                        "routers: {count: 3}",
                        "routers: {apart: yes}",
                        "3: routers.apart: must be true if each router is a process of its own, else false, not 'yes'"),
                one(
                        "  replicas: 6",
                        "  replicas: many",
                        "5: agents.replicas: must be how many pods there are, from 1 to 1000, not 'many'"),
                one(
                        "      poisson: 0.5",
                        "      poisson: -1",
                        "15: calls[0].arrive.poisson: must be a number of calls a second, above 0 and up to 1000, not -1"),
                one(
                        "    busy: 3%",
                        "    busy: 0.03",
                        "19: calls[0].busy: must be a share from 0% to 100% such as 20% or 2.5%, not 0.03"),
                one(
                        "    busy: 3%",
                        "    busy: 130%",
                        "19: calls[0].busy: must be a share from 0% to 100% such as 20% or 2.5%, not '130%'"),
                one(
                        "    do: kill-pod",
                        "    do: kil-pod",
                        "24: events[0].do: must be one of kill-pod, crash-pod, hang-pod, unready-pod, drain-pod, undrain-pod,"
                                + " scale-agents, roll-agents, roll-routers, kill-router, kill-leader, pause-router,"
                                + " cut-kubernetes, flush-redis, restart-redis, freeze-redis, slow-redis, cut-redis,"
                                + " drop-replies, agents-forget, set-tiers, not 'kil-pod'; did you mean 'kill-pod'?"),
                one("    pod: any", "    pod: all", "25: events[0].pod: must be any, or a number from 0, not 'all'"),
                one(
                        "  gold: {type: exclusive, target: 4}",
                        "  gold: {type: exclusiv, target: 4}",
                        "8: tiers.gold.type: must be one of exclusive, shared, not 'exclusiv'; did you mean 'exclusive'?"),
                one(
                        "  RECOVERY_WAIT: 10s",
                        "  RECOVERY_WAIT: 10",
                        "21: settings.RECOVERY_WAIT: must be a text such as 10s, in quotes if it looks like a number, true or"
                                + " false, not 10"),
                // values that do not fit each other
                one(
                        "      poisson: 0.5",
                        "      curve:\n        - [0s, 0.5]\n        - [60s, 1]\n        - [30s, 0.5]",
                        "18: calls[0].arrive.curve[2]: must be later than the point before it (1m), not 30s"),
                one(
                        "      poisson: 0.5",
                        "      curve: [[0s, 0], [30s, 0]]",
                        "15: calls[0].arrive.curve: must have a point with a rate above 0, not only zeros"),
                one(
                        "      poisson: 0.5",
                        "      curve: [[0s, 1], [5m, 1]]",
                        "15: calls[0].arrive.curve[1]: must be over by the end (3m), not at 5m"),
                one(
                        "      poisson: 0.5",
                        "      poisson: 0.5\n      burst: {calls: 5, at: 1s, over: 1s}",
                        "14: calls[0].arrive: must be one of {poisson: 0.5}, {burst: {calls: 40, at: 1m, over: 5s}} and {curve:"
                                + " [[0s, 0.2], [1m, 2]]}, not {\"poisson\":0.5,\"burst\":{\"calls\":5,\"at\":\"1s\",\"over\":\"1s\"}}"),
                one(
                        "      poisson: 0.5",
                        "      burst: {calls: 5, at: 1s, over: 10s, every: 5s}",
                        "15: calls[0].arrive.burst.every: must be as long as 'over' (10s) or longer, not 5s"),
                one(
                        "      lognormal: {median: 20s, p95: 60s}",
                        "      lognormal:\n        median: 20s\n        p95: 15s",
                        "19: calls[0].talk.lognormal.p95: must be longer than 'median' (20s), not 15s"),
                one(
                        "      lognormal: {median: 20s, p95: 60s}",
                        "      uniform: {from: 20s, to: 10s}",
                        "17: calls[0].talk.uniform.to: must be as long as 'from' (20s) or longer, not 10s"),
                one(
                        "    providers: {twilio: 1}",
                        "    providers: {twilio: 0, plivo: 0}",
                        "18: calls[0].providers: must have a weight above 0, not only zeros"),
                one(
                        "    busy: 3%",
                        "    busy: 60%\n    unanswered: 50%",
                        "20: calls[0].unanswered: must leave 'busy' and 'hangs-up-early' their shares, and the three come to"
                                + " 110%"),
                one(
                        "    busy: 3%",
                        "    merchants:\n      acne: 1",
                        "20: calls[0].merchants.acne: must be 'none' or one of the merchants [acme], not 'acne'; did you mean"
                                + " 'acme'?"),
                one(
                        "      poisson: 0.5",
                        "      burst: {calls: 10000, at: 1s, over: 1s, every: 1s}",
                        "13: calls: must be 1000000 calls or fewer, not about 1800000"),
                one(
                        "  default_chain: [gold, basic]",
                        "  default_chain:\n    - gold\n    - basics",
                        "12: tiers.default_chain[1]: must be one of the tiers [gold, basic], not 'basics'; did you mean"
                                + " 'basic'?"),
                one(
                        "  default_chain: [gold, basic]",
                        "  default_chain: [gold, basic, gold]",
                        "10: tiers.default_chain[2]: must name a tier once, not 'gold' twice"),
                one(
                        "  basic: {type: shared, target: 2, max_concurrent: 3}",
                        "  basic: {type: shared, target: 2}",
                        "9: tiers.basic: is shared and needs 'max_concurrent', such as 3"),
                one(
                        "  gold: {type: exclusive, target: 4}",
                        "  gold: {type: exclusive, target: 4, max_concurrent: 2}",
                        "8: tiers.gold.max_concurrent: must be 1 in an exclusive tier, not 2"),
                one(
                        "  acme: {tier: gold, share: 2}",
                        "  acme:\n    tier: silver",
                        "13: merchants.acme.tier: must be 'dedicated' or one of default_chain [gold, basic], not 'silver'"),
                one(
                        "  acme: {tier: gold, share: 2}",
                        "  acme:\n    fallback:\n      - gold\n      - basik",
                        "15: merchants.acme.fallback[1]: must be one of the tiers [gold, basic], not 'basik'; did you mean"
                                + " 'basic'?"),
                one(
                        "  acme: {tier: gold, share: 2}",
                        "  'ac me': {tier: gold}",
                        "12: merchants.ac me: merchant_id must be 1 to 64 of A-Z a-z 0-9 _ -, not 'ac me'"),
                one(
                        "  RECOVERY_WAIT: 10s",
                        "  RECOVERY_WAIT: 10ms",
                        "21: settings.RECOVERY_WAIT: RECOVERY_WAIT must be a duration such as 250ms, 30s, 6m or 24h, from 100ms"
                                + " to 5m, not '10ms'"),
                one(
                        "  RECOVERY_WAIT: 10s",
                        "  LOG_LEVEL: info\n  HTTP_PORT: '8080'",
                        "22: settings.HTTP_PORT: must not be here: the simulator sets it"),
                one(
                        "    pod: any",
                        "    pod: 6",
                        "25: events[0].pod: must be 'any' or from 0 to 5 (6 pods at 30s), not 6"),
                one(
                        "    pod: any",
                        "    pod: any\n  - {at: 40s, do: scale-agents, replicas: 4}",
                        "27: events[2].pod: must be 'any' or from 0 to 3 (4 pods at 1m), not 5"),
                one(
                        "    pod: any",
                        "    pod: any\n    lasts: 5s",
                        "26: events[0].lasts: is nothing that kill-pod takes; it takes pod"),
                one("    pod: any", "    every: 20s", "23: events[0]: kill-pod needs 'pod'"),
                one(
                        "    pod: any",
                        "    pod: any\n    until: 1m",
                        "26: events[0].until: needs 'every', a duration such as 20s"),
                one("  - at: 30s", "  - at: 4m", "23: events[0].at: must be over by the end (3m), not at 4m"),
                one(
                        "    pod: any",
                        "    pod: any\n    every: 1ms",
                        "23: events[0]: is the one too many: more than 10000 happenings"),
                one(
                        "    pod: any",
                        "    pod: any\n  - at: 2m\n    do: kill-router\n    router: 3",
                        "28: events[1].router: must be 'any' or from 0 to 2 (3 routers), not 3"),
                one(
                        "  refused: 20%",
                        "  refuse: 20%",
                        "28: expect.refuse: is no key that belongs here; did you mean 'refused'? (there are: refused, notice,"
                                + " cut-calls)"));
    }

    private static Arguments one(String right, String wrong, String message) {
        return Arguments.of(right, wrong, message);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void theLineIsNamed(String right, String wrong, String message) {
        assertThat(GOOD).contains(right + "\n");
        assertThatThrownBy(() -> ScenarioFile.parse("day.yaml", GOOD.replace(right + "\n", wrong + "\n")))
                .isInstanceOf(WrongScenarioException.class)
                .hasMessage("day.yaml:" + message);
    }

    @Test
    void theGoodOneIsGood() {
        assertThat(ScenarioFile.parse("day.yaml", GOOD).events()).hasSize(2);
    }

    @Test
    void whatIsNoMappingIsRefused() {
        for (var text : new String[] {"", "# nothing", "- a list", "a text", "--- {}\n--- {}"}) {
            assertThatThrownBy(() -> ScenarioFile.parse("day.yaml", text))
                    .isInstanceOf(WrongScenarioException.class)
                    .hasMessageStartingWith("day.yaml:");
        }
    }

    @Test
    void aFileThatIsNoTextIsRefused(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("day.yaml"), "about: Grüße".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ScenarioFile.find(file.toString()))
                .isInstanceOf(WrongScenarioException.class)
                .hasMessage(file + " is not a text in UTF-8");
        assertThatThrownBy(() -> ScenarioFile.read(folder))
                .isInstanceOf(WrongScenarioException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aFileIsReadAndNamesItsScenario(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("my-day.yaml"), GOOD);
        assertThat(ScenarioFile.find(file.toString()).name()).isEqualTo("my-day");
    }
}
