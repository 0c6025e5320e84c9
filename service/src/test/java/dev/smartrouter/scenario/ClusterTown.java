package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.StoreLaws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import redis.clients.jedis.Jedis;

/** A town whose pools follow a Kubernetes cluster; its routers elect a leader. Times are short. */
final class ClusterTown implements AutoCloseable {
    private final Town town;
    private final VoiceAgents agents = new VoiceAgents();
    private final List<Router> routers = new ArrayList<>();

    private ClusterTown(Town town) {
        this.town = town;
    }

    /** One without pods and routers, where every loop has short times. */
    static ClusterTown found() {
        var town = new ClusterTown(Town.found());
        return town.with("KUBERNETES_ENABLED", "true")
                .with("KUBECONFIG", town.agents.kubeconfig().toString())
                .with("NAMESPACE", VoiceAgents.NAMESPACE)
                .with("LEADER_LEASE_DURATION", "2s")
                .with("LEADER_RENEW_DEADLINE", "1500ms")
                .with("LEADER_RETRY_PERIOD", "100ms")
                .with("RECONCILE_INTERVAL", "2s")
                .with("RECOVERY_WAIT", "3s");
    }

    ClusterTown with(String variable, String value) {
        town.with(variable, value);
        return this;
    }

    ClusterTown tiers(String json) {
        town.tiers(json);
        return this;
    }

    /** Agents by ordinals from 0 on, all ready. */
    ClusterTown agents(int howMany) {
        agents.scale(howMany);
        return this;
    }

    VoiceAgents agents() {
        return agents;
    }

    Town town() {
        return town;
    }

    Jedis keys() {
        return town.keys();
    }

    /** Routers in this JVM, ready for calls, one of which leads; the pools are as the cluster is. */
    ClusterTown routers(int howMany) {
        for (int i = 0; i < howMany; i++) join(Router.here(settings()));
        routers.forEach(Router::awaitReady);
        return this;
    }

    <R extends Router> R join(R router) {
        town.join(router);
        routers.add(router);
        return router;
    }

    /** Of the next router, whose name tells it from the others. */
    Map<String, String> settings() {
        var settings = new HashMap<>(town.settings());
        settings.put("POD_NAME", "smart-router-" + routers.size());
        return settings;
    }

    /** A router that the test has stopped itself. */
    void left(Router router) {
        routers.remove(router);
    }

    List<Router> routers() {
        return List.copyOf(routers);
    }

    Caller caller() {
        return caller(0);
    }

    Caller caller(int router) {
        return routers.get(router % routers.size()).caller();
    }

    /** Those that say they lead. */
    List<Router> leaders() {
        return routers.stream().filter(ClusterTown::leads).toList();
    }

    Router awaitLeader() {
        return within(Duration.ofSeconds(15), "one leader")
                .until(this::leaders, leaders -> leaders.size() == 1)
                .getFirst();
    }

    static boolean leads(Router router) {
        return router.caller().status().json().path("is_leader").asBoolean();
    }

    /** The pods of each pool that has some. */
    Map<String, Set<String>> pools() {
        var pools = new TreeMap<String, Set<String>>();
        for (var key : keys().keys("voice:*:assigned")) {
            pools.put(key.substring("voice:".length(), key.length() - ":assigned".length()), keys().smembers(key));
        }
        return pools;
    }

    /** Pods that would take a call, of all pools. */
    Set<String> available() {
        var available = new TreeSet<String>();
        for (var pool : keys().hgetAll("voice:tier:modes").entrySet()) {
            var key = "voice:" + pool.getKey() + (pool.getKey().startsWith("merchant:") ? ":pods" : ":available");
            available.addAll(pool.getValue().equals("shared") ? keys().zrange(key, 0, -1) : keys().smembers(key));
        }
        return available;
    }

    /** Waits until these and no others are available. */
    void awaitAvailable(String... pods) {
        awaitAvailable(Set.of(pods));
    }

    void awaitAvailable(Set<String> pods) {
        within(Duration.ofSeconds(15), "available pods")
                .untilAsserted(() -> assertThat(available()).isEqualTo(new TreeSet<>(pods)));
        StoreLaws.assertHold(keys());
    }

    /** Pods by these ordinals. */
    static Set<String> pods(int from, int to) {
        var pods = new TreeSet<String>();
        for (int i = from; i < to; i++) pods.add(VoiceAgents.pod(i));
        return pods;
    }

    static ConditionFactory within(Duration time, String what) {
        return Awaitility.await(what).atMost(time).pollInterval(Duration.ofMillis(20));
    }

    @Override
    public void close() {
        town.close();
        agents.close();
    }
}
