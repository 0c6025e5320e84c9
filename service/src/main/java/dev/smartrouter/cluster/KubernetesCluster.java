package dev.smartrouter.cluster;

import dev.smartrouter.CallSid;
import dev.smartrouter.pool.Cluster;
import dev.smartrouter.pool.ClusterUnavailableException;
import dev.smartrouter.pool.PodSighting;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link Cluster} by the Kubernetes API, and by the agents' own word. */
public final class KubernetesCluster implements Cluster {
    private static final String OPENED = "smart-router/opened";

    private final KubernetesClient client;
    private final PodSelector pods;
    private final PodSightings sightings;
    private final AgentCalls agents;

    public KubernetesCluster(ClusterClient client, PodSelector pods, PodSightings sightings, AgentCalls agents) {
        this.client = client.api();
        this.pods = pods;
        this.sightings = sightings;
        this.agents = agents;
    }

    @Override
    public List<PodSighting> list() {
        return answered("list the pods", () -> {
            try {
                return everyPage();
            } catch (KubernetesClientException e) {
                // so many changes since the first page that the rest is forgotten: once more from the start
                if (e.getCode() != HttpURLConnection.HTTP_GONE) throw e;
                return everyPage();
            }
        });
    }

    @Override
    public Optional<Set<CallSid>> activeCalls(PodSighting pod) {
        return agents.of(pod);
    }

    /** @throws ClusterUnavailableException if the cluster does not answer: better no answer than "never" */
    @Override
    public boolean everOpened() {
        return answered("read the Lease " + LeaderLease.NAME, () -> {
            var lease = LeaderLease.in(client, pods.namespace()).get();
            return lease != null
                    && lease.getMetadata().getAnnotations() != null
                    && lease.getMetadata().getAnnotations().containsKey(OPENED);
        });
    }

    /** @throws ClusterUnavailableException if the cluster does not answer */
    @Override
    public void rememberOpened(String gen) {
        var unused = answered("annotate the Lease " + LeaderLease.NAME, () -> annotate(gen));
    }

    private List<PodSighting> everyPage() {
        var seen = new ArrayList<PodSighting>();
        @Nullable String next = null;
        do {
            var page = pods.in(client)
                    .list(new ListOptionsBuilder()
                            .withLimit(PodSelector.PAGE)
                            .withContinue(next)
                            .build());
            page.getItems().forEach(pod -> sightings.of(pod).ifPresent(seen::add));
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return List.copyOf(seen);
    }

    /** Whoever leads renews the Lease meanwhile: only this annotation is set, and nothing else compared. */
    private boolean annotate(String gen) {
        var lease = LeaderLease.in(client, pods.namespace());
        var annotated = new LeaseBuilder()
                .withNewMetadata()
                .withName(LeaderLease.NAME)
                .withNamespace(pods.namespace())
                .addToAnnotations(OPENED, gen)
                .endMetadata()
                .build();
        if (lease.get() == null) {
            client.resource(annotated).create(); // no election has made it
        } else {
            lease.patch(
                    PatchContext.of(PatchType.JSON_MERGE),
                    client.getKubernetesSerialization().asJson(annotated));
        }
        return true;
    }

    private static <T> T answered(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw new ClusterUnavailableException("cannot " + what + ": " + e.getMessage(), e);
        }
    }
}
