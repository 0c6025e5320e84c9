package dev.smartrouter.simulator;

import dev.smartrouter.simulator.scenario.ScenarioFile;
import dev.smartrouter.simulator.scenario.Schedule;
import dev.smartrouter.simulator.verdict.Broken;
import java.net.URI;
import java.util.List;

/** An ordinary day on this machine: seven agents, three routers, three providers, and a desk where one can break it. */
final class Day implements AutoCloseable {
    private final World world;
    private final Telling telling;
    private final BreakDesk desk;

    private Day(World world, Telling telling, BreakDesk desk) {
        this.world = world;
        this.telling = telling;
        this.desk = desk;
    }

    /** @throws IllegalStateException if something cannot start; nothing is left running */
    static Day begin(RunCommand.Ports ports, long seed) {
        var scenario = ScenarioFile.shipped("laptop");
        var schedule = Schedule.of(scenario, seed);
        var settings = WorldSettings.of(scenario, 1)
                .on(new WorldSettings.Ports(ports.http(), ports.metrics(), ports.gateway()))
                .with(System.getenv());
        var world = new World(settings, schedule);
        try {
            var telling = new Telling(world, schedule);
            var desk = new BreakDesk(ports.desk(), world, telling.deeds());
            telling.begin();
            return new Day(world, telling, desk);
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
    }

    World world() {
        return world;
    }

    URI desk() {
        return desk.uri();
    }

    /** What there is, and what to try. */
    String welcome() {
        return """

                Smart Router is up: %1$d routers, 7 voice agents, and callers from three providers. Ctrl-C stops it all.

                  dashboard %3$s/dashboard   <- open this in a browser
                  router    %2$s        (one address for all, as a Service has it)
                  metrics   %3$s/metrics
                  gateway   %4$s/ws/pod/{pod}/{call}
                  redis     %5$s

                Try:

                  curl -s %2$s/api/v1/status
                  curl -s %2$s/api/v1/allocate -H 'Content-Type: application/json' -d '{"call_sid":"CA1","merchant_id":"acme"}'
                  curl -s '%2$s/agent/voice/breeze-buddy/twilio/callback/hello?merchant_id=9shines' -d CallSid=CA2

                Break it, and look again:

                  make break WHAT=kill-pod        also: drain, roll, kill-leader, flush-redis, freeze-redis
                """.formatted(
                        world.routers().replicas().size(),
                        world.routers().service(),
                        world.routers().serviceAdmin(),
                        world.agents().gateway(),
                        world.redis().address().shown());
    }

    /** How it went so far, in a sentence. */
    String soFar() {
        world.ledger().stopping();
        return world.judge().soFar().words();
    }

    /** What was broken so far of what nobody broke on purpose. */
    List<Broken> soFarBroken() {
        return world.judge().soFar().broken();
    }

    @Override
    public void close() {
        desk.close();
        telling.close();
        world.close();
    }
}
