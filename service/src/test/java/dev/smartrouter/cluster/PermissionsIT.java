package dev.smartrouter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PermissionsIT {
    private final InProcessApi api = InProcessApi.scripted();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void whatIsMissingIsNamedWithItsRemedy() {
        allowing(review -> !List.of("watch", "patch")
                .contains(review.getSpec().getResourceAttributes().getVerb()));

        assertThat(Permissions.missing(api.client(), "voice-system"))
                .containsExactly(
                        "this service account may not watch pods in namespace voice-system: grant it by a Role there"
                                + " (apiGroups: [\"\"], resources: [\"pods\"], verbs: [\"watch\"]) and a RoleBinding",
                        "this service account may not patch leases smart-router-leader in namespace voice-system:"
                                + " grant it by a Role there (apiGroups: [\"coordination.k8s.io\"],"
                                + " resources: [\"leases\"], verbs: [\"patch\"]) and a RoleBinding");
    }

    @Test
    void whoMayDoAllMissesNothing() {
        allowing(review -> true);

        assertThat(Permissions.missing(api.client(), "voice-system")).isEmpty();
    }

    /** As a list of rules by name would: a lease by its name, a lease yet to be made without one. */
    @Test
    void aRuleForThatOneLeaseIsEnough() {
        allowing(review -> {
            var asked = review.getSpec().getResourceAttributes();
            return !asked.getResource().equals("leases")
                    || asked.getVerb().equals("create")
                    || "smart-router-leader".equals(asked.getName());
        });

        assertThat(Permissions.missing(api.client(), "voice-system")).isEmpty();
    }

    @Test
    void aClusterThatCannotSayStopsNobody() {
        assertThat(Permissions.missing(api.client(), "voice-system")).isEmpty(); // 404 to all
        try (var silent = InProcessApi.keeping()) {
            assertThat(Permissions.missing(silent.client(), "voice-system")).isEmpty(); // no status
        }
    }

    private void allowing(Predicate<SelfSubjectAccessReview> allowed) {
        api.expect()
                .post()
                .withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                .andReply(201, request -> {
                    var review = Serialization.unmarshal(request.getBody().readUtf8(), SelfSubjectAccessReview.class);
                    return new SelfSubjectAccessReviewBuilder(review)
                            .withNewStatus()
                            .withAllowed(allowed.test(review))
                            .endStatus()
                            .build();
                })
                .always();
    }
}
