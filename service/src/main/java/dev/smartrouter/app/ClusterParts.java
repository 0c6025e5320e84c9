package dev.smartrouter.app;

import dev.smartrouter.cluster.AgentCalls;
import dev.smartrouter.cluster.ClusterClient;
import dev.smartrouter.cluster.KubernetesCluster;
import dev.smartrouter.cluster.LeaderLease;
import dev.smartrouter.cluster.LeaseLeadership;
import dev.smartrouter.cluster.LeaseTimes;
import dev.smartrouter.cluster.LoneLeadership;
import dev.smartrouter.cluster.Permissions;
import dev.smartrouter.cluster.PodSelector;
import dev.smartrouter.cluster.PodSightings;
import dev.smartrouter.cluster.PodWatcher;
import dev.smartrouter.cluster.Terms;
import dev.smartrouter.pool.Cluster;
import dev.smartrouter.pool.PodListener;
import dev.smartrouter.pool.Roster;
import io.dropwizard.lifecycle.Managed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a router has of the Kubernetes cluster it runs in, put together by hand. */
final class ClusterParts {
    private static final Logger log = LoggerFactory.getLogger(ClusterParts.class);
    /** Of a LIST of 500 pods at a time; the Lease has a client and a shorter patience of its own. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ClusterClient client;
    private final PodSelector pods;
    private final PodSightings sightings;
    private final Cluster cluster;
    private final Terms terms;
    private final Loops loops;

    ClusterParts(
            Settings settings, String router, Roster roster, LongSupplier nanos, InstantSource clock, Loops loops) {
        this.loops = loops;
        var kubernetes = settings.kubernetes();
        client = connect(kubernetes, TIMEOUT);
        loops.ends(client);
        var missing = Permissions.missing(client, kubernetes.namespace());
        if (!missing.isEmpty()) log.error("without these rights the pools do not follow the cluster");
        pods = new PodSelector(kubernetes.namespace(), kubernetes.podLabelSelector());
        sightings = new PodSightings(kubernetes.agentContainer());
        var agents = new AgentCalls(kubernetes.agentPort());
        loops.ends(agents);
        cluster = new KubernetesCluster(client, pods, sightings, agents);
        terms = terms(settings, router, roster, nanos, clock);
    }

    private static ClusterClient connect(Settings.Kubernetes kubernetes, Duration timeout) {
        try {
            return ClusterClient.connect(kubernetes.kubeconfig(), timeout);
        } catch (IllegalArgumentException e) {
            var path = kubernetes.kubeconfig().map(Path::toString).orElse("");
            throw Variables.KUBECONFIG.refusal(path, Variables.ONE_KUBECONFIG);
        }
    }

    private Terms terms(Settings settings, String router, Roster roster, LongSupplier nanos, InstantSource clock) {
        var election = settings.election();
        if (!election.enabled()) {
            var lone = new LoneLeadership(
                    router, roster, nanos, clock, election.retry(), loops.shown("leadership", election.retry()));
            loops.runs(lone);
            return lone;
        }
        var times = new LeaseTimes(election.lease(), election.renewDeadline(), election.retry());
        var elector = connect(settings.kubernetes(), times.request());
        loops.ends(elector);
        var lease = new LeaderLease(elector, settings.kubernetes().namespace(), router, times, clock);
        var elected = new LeaseLeadership(lease, roster, nanos, clock, loops.shown("leadership", election.retry()));
        loops.runs(elected);
        return elected;
    }

    Cluster cluster() {
        return cluster;
    }

    Terms terms() {
        return terms;
    }

    Managed watcher(PodListener listener) {
        return new PodWatcher(client, pods, sightings, listener, loops.named("pods"));
    }
}
