package dev.smartrouter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.Gate;
import dev.smartrouter.simulator.scenario.Scenario;
import dev.smartrouter.simulator.scenario.ScenarioFile;
import dev.smartrouter.simulator.verdict.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Routers that have a known fault, each a process of its own whose scripts are shadowed by a faulty one: the judge, who
 * finds nothing wrong with ours, finds these.
 */
class FaultyDaysIT {
    @TempDir
    Path shadow;

    /** As the original does: whoever ends a call frees its pod, whatever call that pod carries by now. */
    @Test
    void aReleaseThatDoesNotCompareGivesTwoCallsOnePod() throws Exception {
        fault("release", "forget(sid, name, at or NOW)", "call('UNLINK', calls_key(name))\ncall('ZREM', EXPIRY, sid)");
        assertThat(broken()).contains(Promise.TWO_CALLS_ON_ONE_POD);
    }

    /** Where so much dies that much is excused, this is not. */
    @Test
    void norDoesItPassOnTheDayWhenEverythingBreaks() throws Exception {
        fault("release", "forget(sid, name, at or NOW)", "call('UNLINK', calls_key(name))\ncall('ZREM', EXPIRY, sid)");
        assertThat(broken(ScenarioFile.shipped("everything-at-once"), 20))
                .containsAnyOf(Promise.TWO_CALLS_ON_ONE_POD, Promise.TWO_PODS_FOR_ONE_CALL, Promise.A_POD_LOST);
    }

    /** After a flush, calls are let in before the routers have said which pods are taken. */
    @Test
    void aStoreWithoutAGateGivesTakenPodsAway() throws Exception {
        fault("allocate", "if not gate then return { 'RECOVERING' } end", "");
        fault("restore", "local sid", "do return { 'STALE' } end\nlocal sid");
        assertThat(broken()).contains(Promise.TWO_CALLS_ON_ONE_POD);
    }

    /** As the original does: what outlives a lease is a zombie, even if it talks. */
    @Test
    void aSweepThatGoesByALeaseEndsLiveCalls() throws Exception {
        fault("prelude", "call('SET', lease, sid, 'PX', ARGV[2])", "call('SET', lease, sid, 'PX', 2000)");
        fault("audit", "    check_calls(pod)\n", """
                    if call('EXISTS', lease_key(pod.name)) == 0 then forget_all(pod.name) end
                    check_calls(pod)
                """);
        assertThat(broken()).contains(Promise.TWO_CALLS_ON_ONE_POD);
    }

    private Iterable<Promise> broken() throws InterruptedException {
        return broken(ScenarioFile.read(Path.of("src/test/resources/scenarios/full-house.yaml")), 10);
    }

    private Iterable<Promise> broken(Scenario scenario, double speed) throws InterruptedException {
        var settings = WorldSettings.of(scenario, speed).shadowedBy(shadow);
        return Told.verdict(settings, 1).broken().stream()
                .map(broken -> broken.promise())
                .distinct()
                .toList();
    }

    private void fault(String script, String right, String wrong) throws IOException {
        var name = "dev/smartrouter/pool/" + script + ".lua";
        try (var shipped = Gate.class.getResourceAsStream(script + ".lua")) {
            var text = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains(right);
            var file = shadow.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.replace(right, wrong));
        }
    }
}
