package dev.smartrouter.cluster;

import dev.smartrouter.pool.ClusterUnavailableException;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a router must be allowed to do in its namespace, checked at the start: a refusal later says less. */
public final class Permissions {
    private static final Logger log = LoggerFactory.getLogger(Permissions.class);
    private static final String LEASES = "coordination.k8s.io";
    private static final List<Need> NEEDS = List.of(
            pods("get"),
            pods("list"),
            pods("watch"),
            new Need(LEASES, "leases", "create", ""), // a rule cannot name what is yet to be created
            lease("get"),
            lease("update"),
            lease("patch"));

    private Permissions() {}

    private record Need(String group, String resource, String verb, String name) {
        String missing(String namespace) {
            return "this service account may not %s %s%s in namespace %s: grant it by a Role there (apiGroups: [\"%s\"], resources: [\"%s\"], verbs: [\"%s\"]) and a RoleBinding"
                    .formatted(verb, resource, name.isEmpty() ? "" : " " + name, namespace, group, resource, verb);
        }
    }

    /**
     * Asks the cluster for each, and logs a line for each that is missing.
     *
     * @return those lines; empty also if the cluster cannot say
     */
    public static List<String> missing(ClusterClient client, String namespace) {
        var missing = new ArrayList<String>();
        try {
            ask(client, namespace, missing::add);
        } catch (ClusterUnavailableException e) {
            log.warn("the cluster does not say what this service account may do: {}", e.getMessage());
        }
        missing.forEach(log::error);
        return List.copyOf(missing);
    }

    /**
     * Asks the cluster for each.
     *
     * @param missing takes a line for each that is missing, which says how to grant it
     * @throws ClusterUnavailableException if the cluster cannot say
     */
    public static void ask(ClusterClient client, String namespace, Consumer<String> missing) {
        for (var need : NEEDS) {
            try {
                if (!allowed(client.api(), namespace, need)) missing.accept(need.missing(namespace));
            } catch (KubernetesClientException e) {
                throw new ClusterUnavailableException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private static boolean allowed(KubernetesClient client, String namespace, Need need) {
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withGroup(need.group())
                .withResource(need.resource())
                .withVerb(need.verb())
                .withName(need.name().isEmpty() ? null : need.name())
                .endResourceAttributes()
                .endSpec()
                .build();
        var answer = client.authorization().v1().selfSubjectAccessReview().create(review);
        if (answer == null || answer.getStatus() == null || answer.getStatus().getAllowed() == null) {
            throw new KubernetesClientException("it answers an access review without a status");
        }
        return answer.getStatus().getAllowed();
    }

    private static Need pods(String verb) {
        return new Need("", "pods", verb, "");
    }

    private static Need lease(String verb) {
        return new Need(LEASES, "leases", verb, LeaderLease.NAME);
    }
}
