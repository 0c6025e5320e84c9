package dev.smartrouter.app;

import dev.smartrouter.call.AllocateResource;
import dev.smartrouter.call.Allocator;
import dev.smartrouter.call.CallEvents;
import dev.smartrouter.call.CallResource;
import dev.smartrouter.call.CallsResource;
import dev.smartrouter.call.Chains;
import dev.smartrouter.call.ReleaseResource;
import dev.smartrouter.call.Releaser;
import dev.smartrouter.call.StreamAuthResource;
import dev.smartrouter.call.StreamPasses;
import dev.smartrouter.call.StreamUrl;
import dev.smartrouter.call.WaitingRoom;
import dev.smartrouter.config.MerchantsResource;
import dev.smartrouter.config.TiersResource;
import dev.smartrouter.dashboard.Dashboard;
import dev.smartrouter.dashboard.Figures;
import dev.smartrouter.dashboard.Sources;
import dev.smartrouter.dashboard.Stories;
import dev.smartrouter.pool.AbandonedClaims;
import dev.smartrouter.pool.Auditor;
import dev.smartrouter.pool.DrainEvents;
import dev.smartrouter.pool.DrainResource;
import dev.smartrouter.pool.Fleet;
import dev.smartrouter.pool.GateKeeper;
import dev.smartrouter.pool.HandSetRefill;
import dev.smartrouter.pool.Inventory;
import dev.smartrouter.pool.Leadership;
import dev.smartrouter.pool.MerchantMemory;
import dev.smartrouter.pool.Mirror;
import dev.smartrouter.pool.PodResource;
import dev.smartrouter.pool.PodsResource;
import dev.smartrouter.pool.PoolModes;
import dev.smartrouter.pool.RedisConfig;
import dev.smartrouter.pool.RedisPanorama;
import dev.smartrouter.pool.RedisPools;
import dev.smartrouter.pool.RedisRecovery;
import dev.smartrouter.pool.RedisRoster;
import dev.smartrouter.pool.RedisStore;
import dev.smartrouter.pool.RedisSurvey;
import dev.smartrouter.pool.RedisTierConfig;
import dev.smartrouter.pool.RedisUpkeep;
import dev.smartrouter.pool.Replay;
import dev.smartrouter.pool.Standing;
import dev.smartrouter.pool.StatusResource;
import dev.smartrouter.pool.StoredSettings;
import dev.smartrouter.pool.Sweeper;
import dev.smartrouter.provider.PublicWebhookResource;
import dev.smartrouter.provider.StatusCallbackResource;
import dev.smartrouter.provider.Webhook;
import dev.smartrouter.provider.WebhookResource;
import dev.smartrouter.tier.LiveTierConfig;
import dev.smartrouter.verify.Mender;
import dev.smartrouter.verify.Verifier;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The router, put together by hand. */
public final class SmartRouterApplication extends Application<SmartRouterConfiguration> {
    private static final Logger log = LoggerFactory.getLogger(SmartRouterApplication.class);
    private static final Duration TIER_CONFIG_INTERVAL = Duration.ofSeconds(30);
    private static final Duration ABANDONED_INTERVAL = Duration.ofSeconds(1);
    private static final Duration UNHEARD_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SLOW_SENDERS_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PULSE_INTERVAL = Duration.ofMillis(250);
    /** How often these at least see whether there is something to do. */
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);

    private final Readiness readiness = new Readiness();

    /** Starts a router, or verifies a store. */
    public static void main(String... args) {
        var code = CommandLine.run(System.getenv(), System.out, System.err, args);
        if (code != CommandLine.SERVING) System.exit(code);
    }

    @Override
    public String getName() {
        return "smart-router";
    }

    /** Logging belongs to who starts the process. */
    @Override
    protected void bootstrapLogging() {}

    Readiness readiness() {
        return readiness;
    }

    @Override
    public void run(SmartRouterConfiguration configuration, Environment environment) {
        var settings = configuration.settings();
        var clock = Clock.systemUTC();
        LongSupplier nanos = System::nanoTime;
        var router = RouterId.next(settings.kubernetes().podName());
        log.info("router {} of {}", router, settings);

        // what operators see
        var registry = new PrometheusRegistry();
        var metrics = new RouterMetrics(registry);
        var panics = new PanicLog(metrics);
        var figures = new Figures(clock);

        // the store, and the router's own memory
        var redis = settings.redis();
        var lifetimes = settings.lifetimes();
        var store = new RedisStore(redis.address(), redis.prefix(), redis.timeout(), lifetimes.lease(), nanos);
        var leads =
                new AtomicReference<BooleanSupplier>(() -> false); // who leads needs the roster, which needs the tiers
        var tiers = new LiveTierConfig(
                new RedisTierConfig(store),
                settings.agents().tierConfig(),
                () -> leads.get().getAsBoolean());
        var mirror = new Mirror(nanos);
        var stories = new Stories(mirror::calls, figures, clock, nanos);
        var hasPage = settings.listening().dashboard() != DashboardPorts.OFF; // where nobody can look, nobody watches
        var lines = new CallJournal(metrics, clock);
        CallEvents journal = hasPage ? new AllCallEvents(List.of(lines, stories)) : lines;
        var abandoned = new AbandonedClaims(store, router);
        var inRedis = new RedisPools(store, tiers, lifetimes.callInfo(), abandoned, mirror);
        var pools = new TimedPools(inRedis, registry, nanos);
        var roster = new RedisRoster(store, tiers);
        var upkeep = new RedisUpkeep(store, tiers);
        var merchants = new MerchantMemory(store);
        var recovery = new RedisRecovery(store, tiers, lifetimes.callInfo());
        var fleet = new Fleet(upkeep);

        // who leads
        var intervals = settings.intervals();
        var loops = new Loops(environment.lifecycle(), nanos);
        loops.ends(store);
        var cluster = settings.kubernetes().enabled()
                ? Optional.of(new ClusterParts(settings, router, roster, nanos, clock, loops))
                : Optional.<ClusterParts>empty();
        Leadership leadership = cluster.<Leadership>map(ClusterParts::terms).orElseGet(Leadership::unelected);
        leads.set(leadership::leads);

        // what goes on by itself
        var modes = new PoolModes(roster, fleet, tiers, leadership);
        var stored = new StoredSettings(tiers::tick, merchants, modes);
        var auditor = new Auditor(upkeep, leadership, intervals.audit(), nanos, loops.shown("audit", LOOK_INTERVAL));
        var sweeper =
                new Sweeper(upkeep, mirror, leadership, intervals.cleanup(), loops.shown("sweep", intervals.cleanup()));
        var work = cluster.map(parts -> new LeadersWork(
                parts,
                new LeadersWork.Store(pools, roster, fleet, recovery, mirror, tiers, store.gate()::isOpen),
                stored,
                settings,
                nanos,
                clock,
                loops));
        var refill = work.map(LeadersWork::refill)
                .orElseGet(() -> new HandSetRefill(stored, roster, pools, auditor::fleet, lifetimes.draining()));
        var replay = new Replay(recovery, pools, mirror, cluster.isEmpty());
        var keeper = new GateKeeper(
                recovery,
                store.gate(),
                mirror,
                replay,
                refill,
                leadership,
                router,
                lifetimes.recoveryWait(),
                nanos,
                loops.shown("gate", LOOK_INTERVAL));
        var pulse = new Pulse(keeper::lastHeard, nanos);
        loops.runs(keeper);
        loops.runs(auditor);
        loops.runs(sweeper);
        loops.runs("abandoned", ABANDONED_INTERVAL, abandoned::tick);
        var unheard = inRedis.unheard();
        loops.runs("unheard", UNHEARD_INTERVAL, unheard::tick);
        loops.runs(new LastWords("abandoned claims", abandoned::tick, abandoned::isEmpty, nanos));
        loops.runs(new LastWords("releases", unheard::tick, unheard::isEmpty, nanos));
        loops.runs("pulse", PULSE_INTERVAL, pulse::tick);
        var changes = Collections.min(
                List.of(TIER_CONFIG_INTERVAL, intervals.reconcile().dividedBy(2))); // seen before it is compared
        loops.runs("tier-config", changes, () -> {
            tiers.tick();
            merchants.tick();
            if (store.gate().isOpen()) modes.tick();
        });
        var senders = new SlowSenders(settings.listening().requestTimeout(), nanos);
        environment.lifecycle().addServerLifecycleListener(senders);
        loops.runs("slow-senders", SLOW_SENDERS_INTERVAL, senders::tick);
        metrics.count("slow_senders_total", "Connections cut as a request did not come in time.", senders::hungUp);
        environment.getApplicationContext().insertHandler(new UnreadBodies());
        environment.getAdminContext().insertHandler(new UnreadBodies());
        readiness.follow(
                () -> store.isConnected() && pulse.isFelt(), () -> store.gate().isOpen());

        // whether the store is whole, for an operator who asks
        var verifier = new Verifier(
                () -> new RedisSurvey(redis.address(), redis.prefix(), redis.timeout(), nanos),
                tiers.get(),
                new Verifier.Rhythm(intervals.cleanup(), intervals.audit()),
                nanos);
        var mender =
                new Mender(verifier, new Mender.Transitions(upkeep, roster, pools, recovery), lifetimes.draining());
        environment
                .admin()
                .addServlet("verify", new VerifyServlet(verifier, mender))
                .addMapping("/verify");

        // calls
        var agents = settings.agents();
        var passes = new StreamPasses(agents.streamSecrets(), clock);
        var urls = new StreamUrl(agents.baseUrl(), agents.wsUrlTemplate(), passes);
        var waitingRoom = new WaitingRoom(store.gate(), nanos);
        var allocator = new Allocator(pools, new Chains(tiers, journal), urls, waitingRoom, journal);
        var releaser = new Releaser(pools, journal);
        var webhook = new Webhook(allocator, panics);

        var api = environment.jersey();
        var allocate = new AllocateResource(allocator);
        var release = new ReleaseResource(releaser);
        var webhooks = new WebhookResource(webhook);
        var publicWebhooks = new PublicWebhookResource(webhook);
        var lanes = new HashMap<>(Map.of("/api/v1/allocate", allocate.lane(), "/api/v1/release", release.lane()));
        lanes.putAll(webhooks.lanes());
        lanes.putAll(publicWebhooks.lanes());
        for (var resource : List.of(allocate, release, webhooks, publicWebhooks)) api.register(resource);
        api.register(new CallResource(pools, urls));
        api.register(new StreamAuthResource(passes, pools, store.gate()::isOpen));
        api.register(new StatusCallbackResource(releaser));
        var drains = new DrainResource(
                pools, lifetimes.draining(), new DrainJournal(metrics, hasPage ? stories : DrainEvents.NONE));
        api.register(drains);
        api.register(new PodResource(pools));
        Supplier<Standing> standing =
                () -> LeadersWork.standing(work, store.gate().isOpen());
        api.register(new StatusResource(pools, tiers, standing));
        var inventory = new Inventory(store, tiers);
        api.register(new PodsResource(inventory));
        api.register(new CallsResource(inventory, urls));
        var config = new RedisConfig(store, () -> RouterId.mark(16));
        api.register(new TiersResource(config, inventory, cluster.isPresent()));
        api.register(new MerchantsResource(config, tiers));
        api.register(new HealthResource());
        api.register(new HealthResource.UnderApi());
        api.register(new ReadyResource(readiness));
        api.register(new ReadyResource.UnderApi(readiness));
        api.register(new MetricsResource(registry));

        if (hasPage) {
            var sources = new Sources(
                    router,
                    () -> readiness.storeObjection().isEmpty(),
                    () -> Stream.of(store.warning(), tiers.refusal())
                            .filter(warning -> !warning.isEmpty())
                            .toList(),
                    standing,
                    loops::turns,
                    tiers,
                    mirror::calls,
                    new RedisPanorama(store, tiers),
                    lifetimes.draining());
            var dashboard = new Dashboard(
                    sources, new Dashboard.Memory(stories, figures), pools, clock, loops.named("dashboard"));
            loops.runs(dashboard);
            OperatorsDoor.open(environment, settings.listening().dashboard(), dashboard, drains, readiness);
        }

        Doors.guard(environment, settings, metrics, loops);

        Telemetry.register(
                environment,
                lanes,
                new RequestMetrics(registry, hasPage ? figures::answeredIn : took -> {}, nanos),
                registry,
                panics);
        new RouterGauges(metrics)
                .calls(mirror)
                .pools(new PoolFigures(auditor::fleet, tiers))
                .store(store, abandoned, unheard, replay)
                .upkeep(sweeper, tiers, leadership::leads);
        work.ifPresent(some -> some.show(metrics));
        var health = environment.healthChecks();
        health.register("redis", new StateHealth(readiness::storeObjection));
        health.register("gate", new StateHealth(readiness::gateObjection));
        health.register(
                "tier-config",
                new StateHealth(() -> Optional.of(tiers.refusal()).filter(r -> !r.isEmpty())));
    }
}
