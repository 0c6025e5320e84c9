package dev.smartrouter.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The Kubernetes Lease that replicas compete for, as one of them reads and writes it. A write changes the version that
 * was read and no other: what others wrote in between refuses it. Every request throws
 * {@link KubernetesClientException} if the API does not answer, or refuses for another reason.
 */
public final class LeaderLease {
    /** Its name, the same for all replicas in a namespace. */
    public static final String NAME = "smart-router-leader";

    private static final String TOKEN = "smart-router/token";
    /** Larger than any token before the year 33,000, small enough for a script to count on. */
    private static final long LARGEST_TOKEN = 1_000_000_000_000_000L;

    private final KubernetesClient client;
    private final String namespace;
    private final String identity;
    private final LeaseTimes times;
    private final InstantSource clock;

    /**
     * @param identity of this replica, never used by another process, nor by an earlier start of it
     * @param clock for the times that people read in the Lease; none of them is read here
     */
    public LeaderLease(ClusterClient client, String namespace, String identity, LeaseTimes times, InstantSource clock) {
        this.client = client.api();
        this.namespace = namespace;
        this.identity = identity;
        this.times = times;
        this.clock = clock;
    }

    String identity() {
        return identity;
    }

    LeaseTimes times() {
        return times;
    }

    /** As it is now; empty if there is none. */
    Optional<Lease> read() {
        return Optional.ofNullable(in(client, namespace).get());
    }

    /** Makes it and takes it; empty if it is there already. */
    Optional<Lease> create() {
        var now = now();
        var lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(identity)
                .withLeaseDurationSeconds(times.leaseSeconds())
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(0)
                .endSpec()
                .build();
        return unlessOvertaken(() -> client.resource(lease).create());
    }

    /** Takes it from whoever has or had it; empty if it changed since it was read. */
    Optional<Lease> claim(Lease seen) {
        var now = now();
        return put(new LeaseBuilder(seen)
                .editOrNewSpec()
                .withHolderIdentity(identity)
                .withLeaseDurationSeconds(times.leaseSeconds())
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(transitions(seen) + 1)
                .endSpec());
    }

    /** Keeps it; empty if it changed since it was read. */
    Optional<Lease> renew(Lease held, OptionalLong token) {
        var renewed = new LeaseBuilder(held)
                .editOrNewSpec()
                .withLeaseDurationSeconds(times.leaseSeconds())
                .withRenewTime(now())
                .endSpec();
        token.ifPresent(t ->
                renewed.editMetadata().addToAnnotations(TOKEN, Long.toString(t)).endMetadata());
        return put(renewed);
    }

    /** Gives it up, so that another can take it at once; empty if it changed since it was read. */
    Optional<Lease> release(Lease held) {
        return put(new LeaseBuilder(held)
                .editOrNewSpec()
                .withHolderIdentity(null)
                .withLeaseDurationSeconds(1)
                .withRenewTime(now())
                .endSpec());
    }

    boolean isMine(Lease lease) {
        return holder(lease).filter(identity::equals).isPresent();
    }

    static Optional<String> holder(Lease lease) {
        return Optional.ofNullable(lease.getSpec())
                .map(spec -> spec.getHolderIdentity())
                .filter(holder -> !holder.isEmpty());
    }

    /** The largest fencing token that a leader has left in it; 0 if none. */
    static long token(Lease lease) {
        var text = Objects.requireNonNullElse(lease.getMetadata().getAnnotations(), Map.<String, String>of())
                .getOrDefault(TOKEN, "0");
        try {
            var token = Long.parseLong(text);
            return token > LARGEST_TOKEN ? 0 : token;
        } catch (NumberFormatException e) {
            return 0; // edited by hand: a hint only, the store has its own
        }
    }

    static Resource<Lease> in(KubernetesClient client, String namespace) {
        return client.leases().inNamespace(namespace).withName(NAME);
    }

    private Optional<Lease> put(LeaseBuilder lease) {
        return unlessOvertaken(() -> client.resource(lease.build()).update());
    }

    private static Optional<Lease> unlessOvertaken(Supplier<Lease> write) {
        try {
            return Optional.of(write.get());
        } catch (KubernetesClientException e) {
            var overtaken =
                    e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
            if (overtaken) return Optional.empty();
            throw e;
        }
    }

    private static int transitions(Lease lease) {
        return Optional.ofNullable(lease.getSpec())
                .map(spec -> spec.getLeaseTransitions())
                .orElse(0);
    }

    private ZonedDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    }
}
