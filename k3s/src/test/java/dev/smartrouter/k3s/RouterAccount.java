package dev.smartrouter.k3s;

import static org.awaitility.Awaitility.await;

import dev.smartrouter.cluster.LeaderLease;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The service account that a router runs as, with the least rights it needs, or with one less. */
final class RouterAccount {
    private static final String NAME = "smart-router";
    private static final String LEASES = "coordination.k8s.io";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** One verb on one kind of thing; a lease that is there already is named. */
    record Right(String verb, String resource) {
        PolicyRule rule() {
            var rule = new PolicyRuleBuilder()
                    .withApiGroups(group())
                    .withResources(resource)
                    .withVerbs(verb);
            return (name().isEmpty() ? rule : rule.withResourceNames(name())).build();
        }

        String group() {
            return resource.equals("leases") ? LEASES : "";
        }

        /** A rule cannot name what is yet to be created. */
        String name() {
            return resource.equals("leases") && !verb.equals("create") ? LeaderLease.NAME : "";
        }

        @Override
        public String toString() {
            return verb + " " + resource;
        }
    }

    /** Exactly these, as the shipped Role grants them. */
    static final List<Right> RIGHTS = List.of(
            new Right("get", "pods"),
            new Right("list", "pods"),
            new Right("watch", "pods"),
            new Right("create", "leases"),
            new Right("get", "leases"),
            new Right("update", "leases"),
            new Right("patch", "leases"));

    private RouterAccount() {}

    /**
     * Makes it, waits until the cluster heeds its rights, and writes a kubeconfig with a token of it.
     *
     * @return that file, in the directory
     */
    static Path kubeconfig(KubernetesClient cluster, String namespace, List<Right> rights, Path directory) {
        cluster.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        cluster.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(rights.stream().map(Right::rule).toList())
                        .build())
                .create();
        cluster.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endSubject()
                        .withNewRoleRef()
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withKind("Role")
                        .withName(NAME)
                        .endRoleRef()
                        .build())
                .create();
        await("rights of " + NAME)
                .atMost(PATIENCE)
                .until(() -> rights.stream().allMatch(right -> heeded(cluster, namespace, right)));
        var token = cluster.serviceAccounts()
                .inNamespace(namespace)
                .withName(NAME)
                .tokenRequest(new TokenRequest())
                .getStatus()
                .getToken();
        var file = directory.resolve("kubeconfig");
        try {
            return Files.writeString(file, text(cluster, namespace, token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean heeded(KubernetesClient cluster, String namespace, Right right) {
        return cluster.authorization()
                .v1()
                .localSubjectAccessReview()
                .inNamespace(namespace)
                .create(new LocalSubjectAccessReviewBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withUser("system:serviceaccount:" + namespace + ":" + NAME)
                        .withNewResourceAttributes()
                        .withNamespace(namespace)
                        .withGroup(right.group())
                        .withResource(right.resource())
                        .withVerb(right.verb())
                        .withName(right.name())
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }

    private static String text(KubernetesClient cluster, String namespace, String token) {
        var config = cluster.getConfiguration();
        var trust = new ArrayList<String>(List.of("server: \"" + config.getMasterUrl() + "\""));
        if (config.getCaCertData() != null) trust.add("certificate-authority-data: " + config.getCaCertData());
        if (config.getCaCertFile() != null) trust.add("certificate-authority: \"" + config.getCaCertFile() + "\"");
        if (config.isTrustCerts()) trust.add("insecure-skip-tls-verify: true");
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {%s}}]
                users: [{name: router, user: {token: %s}}]
                contexts: [{name: here, context: {cluster: here, user: router, namespace: %s}}]
                """.formatted(String.join(", ", trust), Objects.requireNonNull(token), namespace);
    }
}
