package dev.smartrouter.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.PodSighting;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads off a Kubernetes pod what the pools need to know of it. Looks only at the pod it is given. */
public final class PodSightings {
    private static final Logger log = LoggerFactory.getLogger(PodSightings.class);
    private static final ObjectMapper json = new ObjectMapper();
    private static final Set<String> ENDED = Set.of("Failed", "Succeeded");
    private static final int MOST_COMPLAINTS = 1000;

    private final Optional<String> agentContainer;
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();

    /** @param agentContainer name of the container whose restart ends a pod's calls; empty: each pod's first */
    public PodSightings(Optional<String> agentContainer) {
        this.agentContainer = agentContainer;
    }

    /** Empty for a pod that can take no calls of ours, by its name, or that no API server can have made; logged once. */
    public Optional<PodSighting> of(Pod pod) {
        try {
            return Optional.of(sighting(pod));
        } catch (IllegalArgumentException | DateTimeException e) {
            var name = pod.getMetadata() == null
                    ? "?"
                    : String.valueOf(pod.getMetadata().getName());
            once("skip " + name, "pod '{}' is left alone: {}", name, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private PodSighting sighting(Pod pod) {
        var meta = pod.getMetadata();
        if (meta == null) throw noMetadata();
        var name = new PodName(Objects.requireNonNullElse(meta.getName(), ""));
        if (meta.getUid() == null || meta.getCreationTimestamp() == null) throw noMetadata();
        var created = instant(meta.getCreationTimestamp());
        var status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        var agent = agent(pod, name).flatMap(container -> status(status, container));
        var restarts = agent.map(ContainerStatus::getRestartCount).orElse(0);
        var gone = ENDED.contains(Objects.requireNonNullElse(status.getPhase(), ""));
        return new PodSighting(
                name,
                Incarnation.of(meta.getUid(), created, restarts),
                agent.flatMap(PodSightings::running).orElse(created),
                !gone && isReady(status),
                meta.getDeletionTimestamp() != null,
                gone,
                Objects.requireNonNullElse(status.getPodIP(), ""),
                metadata(pod, status));
    }

    /** By its name, never by its place: the cluster lists statuses in an order of its own. */
    private Optional<String> agent(Pod pod, PodName name) {
        var containers = pod.getSpec() == null
                ? List.<String>of()
                : orEmpty(pod.getSpec().getContainers()).map(Container::getName).toList();
        if (agentContainer.isEmpty()) return containers.stream().findFirst();
        if (containers.contains(agentContainer.get())) return agentContainer;
        once(
                "agent of " + name,
                "pod '{}' has no container '{}' (AGENT_CONTAINER), only {}: its first counts as the agent",
                name,
                agentContainer.get(),
                containers);
        return containers.stream().findFirst();
    }

    private static Optional<ContainerStatus> status(PodStatus status, String container) {
        return orEmpty(status.getContainerStatuses())
                .filter(each -> container.equals(each.getName()))
                .findFirst();
    }

    private static Optional<Instant> running(ContainerStatus status) {
        return Optional.ofNullable(status.getState())
                .map(state -> state.getRunning())
                .map(running -> running.getStartedAt())
                .map(PodSightings::instant);
    }

    private static boolean isReady(PodStatus status) {
        return orEmpty(status.getConditions())
                .anyMatch(each -> "Ready".equals(each.getType()) && "True".equals(each.getStatus()));
    }

    private static String metadata(Pod pod, PodStatus status) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("uid", pod.getMetadata().getUid());
        fields.put("ip", Objects.requireNonNullElse(status.getPodIP(), ""));
        fields.put(
                "node",
                pod.getSpec() == null
                        ? ""
                        : Objects.requireNonNullElse(pod.getSpec().getNodeName(), ""));
        fields.put("created_at", pod.getMetadata().getCreationTimestamp());
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts did not become JSON", e);
        }
    }

    private static <T> Stream<T> orEmpty(@Nullable List<T> list) {
        return list == null ? Stream.empty() : list.stream();
    }

    private static Instant instant(String timestamp) {
        return OffsetDateTime.parse(timestamp).toInstant();
    }

    private static IllegalArgumentException noMetadata() {
        return new IllegalArgumentException("it has no UID or no creation time");
    }

    private void once(String what, String format, Object... args) {
        if (complaints.size() >= MOST_COMPLAINTS) complaints.clear();
        if (complaints.add(what)) log.warn(format, args);
    }
}
