package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.tier.TierConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import redis.clients.jedis.Jedis;

/**
 * Whatever becomes of pods, in whatever order, how often and how late the news arrives, and whoever leads: the
 * invariants hold all the time, and once the news stops one comparison makes the pools equal to the cluster.
 */
class FleetPropertiesIT {
    private static final TierConfig TIERS = TierConfig.parse("""
            {"tiers":{"gold":{"type":"exclusive","target":2},"basic":{"type":"shared","target":1,"max_concurrent":2},\
            "acme":{"type":"exclusive","target":1}},"default_chain":["gold","basic"]}""");

    private static final int PODS = 5;
    private static final int CALLS = 8;
    private static RedisProcess redis;
    private static Jedis keys;
    private static RedisRouter router;

    @BeforeContainer
    static void start() {
        redis = RedisProcess.start();
        keys = redis.connect();
        router = new RedisRouter(redis.url(), "voice:", TIERS);
    }

    @AfterContainer
    static void stop() {
        router.close();
        keys.close();
        redis.close();
    }

    private enum Kind {
        CREATE,
        READY,
        UNREADY,
        TERMINATE,
        DELETE,
        RECREATE,
        RESTART_CONTAINER,
        FAIL,
        RELABEL,
        TELL,
        TELL_LATEST,
        TELL_TWICE,
        TELL_BOTH_LEADERS,
        LOSE_NEWS,
        ALLOCATE,
        RELEASE,
        RECONCILE,
        CHANGE_LEADER
    }

    /** @param which of the pods, the calls, or the news that wait */
    private record Act(Kind kind, int which) {}

    @Provide
    Arbitrary<List<Act>> days() {
        var kinds = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of(Kind.values())),
                Tuple.of(2, Arbitraries.of(Kind.CREATE, Kind.READY)),
                Tuple.of(3, Arbitraries.of(Kind.TELL, Kind.TELL_LATEST)),
                Tuple.of(2, Arbitraries.of(Kind.ALLOCATE)));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 40))
                .as(Act::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(120);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
    void poolsEqualTheClusterOnceTheNewsStops(@ForAll("days") List<Act> day) {
        keys.flushDB();
        var world = new World();
        for (var act : day) {
            world.act(act);
            StoreLaws.assertHold(keys);
        }
        world.lead(world.leader);
        world.reconcile();
        StoreLaws.assertHold(keys);
        world.assertPoolsEqualTheCluster();
    }

    /** The cluster as it really is, what is said of it, and two routers that hear it. */
    private static final class World implements Cluster {
        private record News(PodSighting pod, boolean vanished) {}

        private record Live(PodName pod, String life) {}

        private final Map<PodName, PodSighting> truth = new TreeMap<>(Comparator.comparing(PodName::value));
        private final Set<PodName> relabelled = new HashSet<>();
        private final List<News> waiting = new ArrayList<>();
        private final Map<CallSid, Live> live = new HashMap<>();
        private final List<Leader> leaders = List.of(new Leader(), new Leader());
        private Instant now = Instant.parse("2026-01-01T12:00:00Z");
        private int leader;
        private int lives;

        World() {
            lead(0);
            for (var pool : TIERS.pools().entrySet()) {
                router.roster.retype(
                        leaders.get(0).token(), pool.getKey(), pool.getValue().mode());
            }
            var round = router.recovery.begin().orElseThrow();
            assertThat(router.recovery.open(leaders.get(0).token(), "gen", round))
                    .isTrue();
        }

        private final class Leader implements Leadership {
            private OptionalLong token = OptionalLong.empty();
            private final Fleet fleet = new Fleet(router.upkeep);
            private final Reconciler reconciler = new Reconciler(
                    World.this,
                    router.roster,
                    fleet,
                    () -> TIERS,
                    this,
                    new Rebalancer(router.roster, () -> TIERS, this, System::nanoTime));

            /** A deposed one may go on believing. */
            @Override
            public boolean leads() {
                return token.isPresent();
            }

            @Override
            public OptionalLong token() {
                return token;
            }
        }

        void lead(int which) {
            var next = leaders.get(which);
            next.token = OptionalLong.of(router.roster.lead(next.token.orElse(0)));
            next.reconciler.begin();
            leader = which;
        }

        void reconcile() {
            leaders.get(leader).reconciler.reconcile();
            // what it removed or found to live anew has lost its calls
            live.values().removeIf(call -> !lifeInStore(call.pod).equals(call.life));
        }

        void act(Act act) {
            var name = new PodName("agent-" + act.which % PODS);
            var pod = truth.get(name);
            switch (act.kind) {
                case CREATE -> {
                    if (pod == null && !relabelled.contains(name)) create(name);
                }
                case READY -> change(pod, true, false, 0);
                case UNREADY -> change(pod, false, false, 0);
                case TERMINATE -> {
                    if (pod != null && !pod.terminating()) {
                        become(sighting(pod, pod.incarnation(), pod.ready(), true, pod.gone()));
                    }
                }
                case DELETE -> delete(pod);
                case RECREATE -> {
                    if (pod != null) {
                        delete(pod);
                        create(name);
                    }
                }
                case RESTART_CONTAINER -> change(pod, true, false, 1);
                case FAIL -> change(pod, false, true, 0);
                case RELABEL -> relabel(name, pod);
                case TELL -> {
                    if (!waiting.isEmpty()) tell(waiting.remove(act.which % waiting.size()), leader);
                }
                case TELL_LATEST -> {
                    if (!waiting.isEmpty()) tell(waiting.removeLast(), leader);
                }
                case TELL_TWICE -> {
                    if (!waiting.isEmpty()) tell(waiting.get(act.which % waiting.size()), leader);
                }
                case TELL_BOTH_LEADERS -> {
                    if (!waiting.isEmpty()) tellTheDeposed(waiting.get(act.which % waiting.size()));
                }
                case LOSE_NEWS -> {
                    if (!waiting.isEmpty()) waiting.remove(act.which % waiting.size());
                }
                case ALLOCATE -> allocate(new CallSid("CA-" + act.which % CALLS));
                case RELEASE -> release(new CallSid("CA-" + act.which % CALLS));
                case RECONCILE -> reconcile();
                case CHANGE_LEADER -> lead(1 - leader);
            }
        }

        private void create(PodName name) {
            now = now.plusSeconds(1); // no name is given twice in one second
            var life = Incarnation.of("uid-" + lives++, now, 0);
            become(new PodSighting(name, life, now, false, false, false, "", "{}"));
        }

        private void change(PodSighting pod, boolean ready, boolean failed, int restarts) {
            if (pod == null || pod.gone()) return;
            var life = restarts == 0
                    ? pod.incarnation()
                    : new Incarnation(
                            pod.incarnation().id().replaceAll("/.*", "")
                                    + "/"
                                    + (pod.incarnation().number() % 1000 + restarts),
                            pod.incarnation().number() + restarts);
            become(sighting(pod, life, ready, pod.terminating(), failed));
        }

        private static PodSighting sighting(
                PodSighting pod, Incarnation life, boolean ready, boolean terminating, boolean gone) {
            return new PodSighting(pod.pod(), life, pod.started(), ready, terminating, gone, "", "{}");
        }

        private void become(PodSighting pod) {
            truth.put(pod.pod(), pod);
            waiting.add(new News(pod, false));
        }

        private void delete(PodSighting pod) {
            if (pod == null) return;
            truth.remove(pod.pod());
            waiting.add(new News(pod, true));
        }

        /** Out of the selector and, another time, back into it: the same life throughout. */
        private final Map<PodName, PodSighting> outside = new HashMap<>();

        private void relabel(PodName name, PodSighting pod) {
            if (relabelled.remove(name)) {
                become(outside.remove(name));
            } else if (pod != null) {
                relabelled.add(name);
                outside.put(name, pod);
                delete(pod);
            }
        }

        private void tell(News news, int whom) {
            var listener = leaders.get(whom).reconciler;
            var before = Long.parseLong(Objects.requireNonNullElse(numberInStore(news.pod.pod()), "0"));
            if (news.vanished) listener.vanished(news.pod);
            else listener.seen(news.pod);
            var after = Long.parseLong(Objects.requireNonNullElse(numberInStore(news.pod.pod()), "0"));
            if (before > news.pod.incarnation().number()) {
                assertThat(after).as("news of a former life").isEqualTo(before);
            } else if (!news.vanished && !news.pod.gone()) {
                assertThat(after).isGreaterThanOrEqualTo(before);
            }
            live.values().removeIf(call -> !lifeInStore(call.pod).equals(call.life));
        }

        /** What the deposed one writes is refused, and changes nothing. */
        private void tellTheDeposed(News news) {
            var before = facts();
            tell(news, 1 - leader);
            assertThat(facts()).isEqualTo(before);
        }

        private void allocate(CallSid call) {
            switch (router.claim(call.value())) {
                case Claim.Claimed(var allocation) -> {
                    assertThat(live).doesNotContainKey(call);
                    live.put(call, new Live(allocation.pod(), allocation.incarnation()));
                }
                case Claim.Held(var allocation) ->
                    assertThat(live.get(call)).isEqualTo(new Live(allocation.pod(), allocation.incarnation()));
                default -> assertThat(live).doesNotContainKey(call);
            }
        }

        private void release(CallSid call) {
            var known = live.remove(call);
            switch (router.pools.release(call)) {
                case Release.Released released -> assertThat(released.pod()).isEqualTo(known.pod());
                case Release.NotFound none -> assertThat(known).isNull();
            }
        }

        private static String numberInStore(PodName pod) {
            return keys.hget("voice:pod:" + pod.value(), "inc_no");
        }

        private static String lifeInStore(PodName pod) {
            return Optional.ofNullable(keys.hget("voice:pod:" + pod.value(), "inc"))
                    .orElse("");
        }

        private static Set<String> pods() {
            var pods = new TreeSet<String>();
            for (var pool : TIERS.pools().keySet()) pods.addAll(keys.smembers("voice:" + pool.value() + ":assigned"));
            return pods;
        }

        private static Map<String, Object> facts() {
            var facts = new TreeMap<String, Object>();
            for (var key : keys.keys("voice:*")) {
                facts.put(
                        key,
                        switch (keys.type(key)) {
                            case "set" -> keys.smembers(key);
                            case "hash" -> keys.hgetAll(key);
                            case "zset" -> keys.zrangeWithScores(key, 0, -1);
                            default -> keys.get(key);
                        });
            }
            return facts;
        }

        void assertPoolsEqualTheCluster() {
            var serving = new TreeSet<String>();
            truth.values().stream().filter(pod -> !pod.gone()).forEach(pod -> {
                serving.add(pod.pod().value());
                var known = router.pools.findPod(pod.pod()).orElseThrow();
                assertThat(known.incarnation()).isEqualTo(pod.incarnation());
                assertThat(known.ready()).as("%s ready", pod).isEqualTo(pod.ready());
                assertThat(known.terminating()).as("%s terminating", pod).isEqualTo(pod.terminating());
            });
            assertThat(pods()).isEqualTo(serving);
            live.forEach((call, at) ->
                    assertThat(router.pools.findCall(call).map(Allocation::pod)).contains(at.pod()));
            assertThat(keys.zcard("voice:calls:by_expiry")).isEqualTo(live.size());
        }

        @Override
        public List<PodSighting> list() {
            return List.copyOf(truth.values());
        }

        @Override
        public Optional<Set<CallSid>> activeCalls(PodSighting pod) {
            return Optional.empty();
        }

        @Override
        public boolean everOpened() {
            return true;
        }

        @Override
        public void rememberOpened(String gen) {}
    }
}
