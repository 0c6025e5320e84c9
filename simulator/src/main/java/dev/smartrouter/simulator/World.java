package dev.smartrouter.simulator;

import dev.smartrouter.simulator.agent.AgentFleet;
import dev.smartrouter.simulator.agent.CallHabits;
import dev.smartrouter.simulator.agent.FleetSettings;
import dev.smartrouter.simulator.cluster.ClusterSettings;
import dev.smartrouter.simulator.cluster.SimulatedCluster;
import dev.smartrouter.simulator.fault.FaultProxy;
import dev.smartrouter.simulator.fault.Framing;
import dev.smartrouter.simulator.fault.Upstream;
import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CarrierSettings;
import dev.smartrouter.simulator.provider.Carriers;
import dev.smartrouter.simulator.provider.Telephony;
import dev.smartrouter.simulator.redis.LaptopRedis;
import dev.smartrouter.simulator.redis.RedisAddress;
import dev.smartrouter.simulator.router.RouterFleet;
import dev.smartrouter.simulator.router.RouterReplica;
import dev.smartrouter.simulator.scenario.Schedule;
import dev.smartrouter.simulator.verdict.Expectations;
import dev.smartrouter.simulator.verdict.Judge;
import dev.smartrouter.simulator.verdict.Ledger;
import dev.smartrouter.simulator.verdict.StoreWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Everything around a call, from the caller's provider to the agent's pod, on this machine: a parts list. What is started
 * first is stopped last, and of a world that cannot start, nothing is left.
 */
final class World implements AutoCloseable {
    private static final String PODS = "voice-agent-";
    private static final Duration START = Duration.ofSeconds(60);
    /** Twilio as a webhook's #rc=2 asks for; Exotel as nginx does, which asks another router when one dies. */
    private static final CarrierSettings.Patience ASKED_AGAIN =
            new CarrierSettings.Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), 3, Duration.ofMillis(300));

    private final Parts parts = new Parts();
    private final LaptopRedis redis;
    private final FaultProxy redisDoor;
    private final FaultProxy kubernetesDoor;
    private final Ledger ledger = new Ledger(System::nanoTime);
    private final StoreWatch store;
    private final AgentFleet agents;
    private final SimulatedCluster cluster;
    private final RouterFleet routers;
    private final Carriers carriers;
    private final Operator operator;
    private final Judge judge;

    /**
     * Starts all of it; returns when every router serves and every pod is ready.
     *
     * @param schedule whose calls the agents know how to end
     * @throws IllegalStateException if a part cannot start, with what to do about it
     */
    World(WorldSettings settings, Schedule schedule) {
        try {
            var scenario = settings.scenario();
            var prefix = settings.environment().getOrDefault("REDIS_PREFIX", "voice:");
            var http = FreePort.unless(settings.ports().http());
            var service = URI.create("http://localhost:" + http);
            redis = parts.add(redis(settings));
            redisDoor = parts.add(
                    FaultProxy.before(Upstream.at(() -> redis.address().socket()), Framing.redis()));
            store = parts.add(new StoreWatch(() -> redis.address().url(), prefix, ledger));
            operator = parts.add(new Operator(service, redis.address(), prefix));
            operator.tiers(scenario.tiers().json());
            operator.merchants(scenario.merchants().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().json())));
            var agentPort = FreePort.unless(0);
            var story = scenario.agents().scaled(settings.speed());
            agents = parts.add(new AgentFleet(
                    FleetSettings.of(service)
                            .on(new FleetSettings.Ports(settings.ports().gateway(), 0, agentPort))
                            .startingWithin(story.start())
                            .waitingForSockets(Duration.ofSeconds(15))
                            .behaving(new Habits(schedule)),
                    ledger));
            cluster = parts.add(new SimulatedCluster(
                    ClusterSettings.voiceAgents(story.replicas())
                            .withGrace(story.grace())
                            .withBackOff(settings.scaled(Duration.ofSeconds(10)))
                            .withParallel(true),
                    agents,
                    ledger));
            kubernetesDoor = parts.add(FaultProxy.before(
                    Upstream.at("127.0.0.1", cluster.apiServer().getPort()), Framing.turns()));
            var variables = new HashMap<>(scenario.settingsScaled(settings.speed()));
            variables.putAll(settings.environment());
            variables.putAll(Map.of(
                    "REDIS_URL", redis.address().through(redisDoor.port()).toString(),
                    "KUBERNETES_ENABLED", "true",
                    "KUBECONFIG", kubeconfig().toString(),
                    "NAMESPACE", "voice-system",
                    "POD_LABEL_SELECTOR", "app=voice-agent",
                    "TIER_CONFIG", scenario.tiers().json(),
                    "VOICE_AGENT_BASE_URL", agents.gateway().toString(),
                    "AGENT_PORT", Integer.toString(agentPort)));
            var apart = scenario.routers().apart() || settings.shadow().isPresent();
            routers = parts.add(RouterFleet.start(new dev.smartrouter.simulator.router.FleetSettings(
                    scenario.routers().count(),
                    apart,
                    variables,
                    http,
                    settings.ports().metrics(),
                    dev.smartrouter.simulator.router.FleetSettings.SMALL,
                    settings.shadow())));
            carriers = parts.add(new Carriers(
                    CarrierSettings.of(service)
                            .withSigning(signing(variables, service))
                            .withPatience(Telephony.TWILIO, ASKED_AGAIN)
                            .withPatience(Telephony.EXOTEL, ASKED_AGAIN)
                            .withAgents(agents.api())
                            .withMedia(CarrierSettings.MediaBounds.defaults().withFrame(settings.frame())),
                    new Switchboard(ledger, agents)));
            judge = new Judge(ledger, store, expectations(settings));
            cluster.awaitReady(START);
            Parts.await(
                    "every router ready for calls",
                    START,
                    () -> routers.replicas().stream().allMatch(RouterReplica::isReady));
            Parts.await("every pod in a pool", START, () -> operator.assignedPods() == story.replicas());
            var clock = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("store-watch").factory());
            parts.add(clock::shutdownNow);
            store.start(clock);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What leads the routers to the cluster, through its door; gone with the world. */
    private Path kubeconfig() {
        try {
            var file = Files.createTempFile("kubeconfig-of-routers", ".yml");
            parts.add(() -> Files.deleteIfExists(file));
            return Files.writeString(file, cluster.kubeconfig(kubernetesDoor.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LaptopRedis redis(WorldSettings settings) {
        var named = settings.environment().get("REDIS_URL");
        if (named != null) checkEmpty(named);
        return named == null && settings.ports().equals(WorldSettings.Ports.FREE)
                ? LaptopRedis.start(0)
                : LaptopRedis.startUnless(named);
    }

    /** As the routers expect it: the first secret of each provider, and the address that they are told. */
    private static CarrierSettings.Signing signing(Map<String, String> variables, URI service) {
        Function<String, Optional<String>> first =
                name -> Optional.ofNullable(variables.get(name)).map(secrets -> secrets.split(",", 2)[0].strip());
        return new CarrierSettings.Signing(
                first.apply("PUBLIC_BASE_URL").map(URI::create).orElse(service),
                first.apply("TWILIO_AUTH_TOKEN"),
                first.apply("PLIVO_AUTH_TOKEN"),
                first.apply("EXOTEL_SECRET"));
    }

    /** Stories write tiers and flush: never on state that may be somebody's. */
    private static void checkEmpty(String named) {
        var address = RedisAddress.parse(named);
        try (var keys = address.connect()) {
            if (keys.dbSize() == 0) return;
        } catch (JedisException e) {
            throw new IllegalStateException("Redis at " + address.shown() + " does not answer: " + e.getMessage(), e);
        }
        throw new IllegalStateException("Redis at " + address.shown()
                + " is not empty, and the simulator overwrites and flushes: give it an empty one, or unset REDIS_URL");
    }

    private static Expectations expectations(WorldSettings settings) {
        var expect = settings.scenario().expect();
        return new Expectations(
                expect.notice(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Optional.of(expect.refused().fraction()),
                expect.cutCalls());
    }

    /** How an agent ends the calls of a schedule: as the plan says, or else as agents do. */
    private static final class Habits implements Function<String, CallHabits> {
        private final Map<String, Duration> hangsUpAfter;

        Habits(Schedule schedule) {
            hangsUpAfter = schedule.calls().stream()
                    .filter(CallPlan::agentHangsUp)
                    .collect(Collectors.toMap(CallPlan::sid, CallPlan::talks));
        }

        @Override
        public CallHabits apply(String sid) {
            var talk = hangsUpAfter.get(sid);
            return talk == null ? CallHabits.USUAL : CallHabits.USUAL.hangingUpAfter(talk);
        }
    }

    static String pod(int ordinal) {
        return PODS + ordinal;
    }

    Ledger ledger() {
        return ledger;
    }

    LaptopRedis redis() {
        return redis;
    }

    FaultProxy redisDoor() {
        return redisDoor;
    }

    FaultProxy kubernetesDoor() {
        return kubernetesDoor;
    }

    AgentFleet agents() {
        return agents;
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    RouterFleet routers() {
        return routers;
    }

    Carriers carriers() {
        return carriers;
    }

    Operator operator() {
        return operator;
    }

    /** Pods that the StatefulSet wants now. */
    int pods() {
        return cluster.replicas();
    }

    Judge judge() {
        return judge;
    }

    @Override
    public void close() {
        parts.close();
    }
}
