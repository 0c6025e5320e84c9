package dev.smartrouter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.smartrouter.PodName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.PodSighting;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodSightingsTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant STARTED = Instant.parse("2026-01-01T12:00:07Z");
    private static final Instant RESTARTED = Instant.parse("2026-01-01T13:00:00Z");

    private final PodSightings first = new PodSightings(Optional.empty());

    @Test
    void aReadyPodIsReadOffWhole() {
        assertThat(first.of(serving().build()))
                .contains(
                        new PodSighting(
                                new PodName("agent-0"),
                                Incarnation.of("u-1", CREATED, 0),
                                STARTED,
                                true,
                                false,
                                false,
                                "10.0.0.7",
                                "{\"uid\":\"u-1\",\"ip\":\"10.0.0.7\",\"node\":\"node-3\",\"created_at\":\"2026-01-01T12:00:00Z\"}"));
    }

    static Stream<Arguments> pods() {
        return Stream.of(
                row("just made, without status", b -> b.withStatus(null), "0 start=created - - - ip="),
                row(
                        "no container statuses yet",
                        b -> b.editStatus()
                                .withContainerStatuses()
                                .withConditions()
                                .endStatus(),
                        "0 start=created - - - ip=10.0.0.7"),
                row(
                        "pulling its image",
                        b -> b.withNewStatus()
                                .withPhase("Pending")
                                .addNewContainerStatus()
                                .withName("agent")
                                .withRestartCount(0)
                                .withNewState()
                                .withNewWaiting()
                                .withReason("ContainerCreating")
                                .endWaiting()
                                .endState()
                                .endContainerStatus()
                                .endStatus(),
                        "0 start=created - - - ip="),
                row(
                        "an init container restarted: no new life",
                        b -> b.editStatus()
                                .addNewInitContainerStatus()
                                .withName("agent")
                                .withRestartCount(4)
                                .endInitContainerStatus()
                                .endStatus(),
                        "0 start=started ready - - ip=10.0.0.7"),
                row("a sidecar restarted: no new life", b -> sidecar(b, 9), "0 start=started ready - - ip=10.0.0.7"),
                row(
                        "the agent restarted",
                        b -> b.editStatus()
                                .editFirstContainerStatus()
                                .withRestartCount(2)
                                .withNewState()
                                .withNewRunning(RESTARTED.toString())
                                .endState()
                                .endContainerStatus()
                                .endStatus(),
                        "2 start=restarted ready - - ip=10.0.0.7"),
                row(
                        "in a crash loop",
                        b -> unready(b)
                                .editStatus()
                                .editFirstContainerStatus()
                                .withRestartCount(5)
                                .withNewState()
                                .withNewWaiting("back-off", "CrashLoopBackOff")
                                .endState()
                                .endContainerStatus()
                                .endStatus(),
                        "5 start=created - - - ip=10.0.0.7"),
                row("not ready", PodSightingsTest::unready, "0 start=started - - - ip=10.0.0.7"),
                row(
                        "readiness unknown: its node is lost",
                        b -> b.editStatus()
                                .editFirstCondition()
                                .withStatus("Unknown")
                                .endCondition()
                                .endStatus(),
                        "0 start=started - - - ip=10.0.0.7"),
                row(
                        "terminating, and still ready",
                        b -> b.editMetadata()
                                .withDeletionTimestamp("2026-01-01T14:00:00Z")
                                .endMetadata(),
                        "0 start=started ready terminating - ip=10.0.0.7"),
                row(
                        "evicted",
                        b -> b.editStatus()
                                .withPhase("Failed")
                                .withReason("Evicted")
                                .endStatus(),
                        "0 start=started - - gone ip=10.0.0.7"),
                row(
                        "done",
                        b -> b.editStatus().withPhase("Succeeded").endStatus(),
                        "0 start=started - - gone ip=10.0.0.7"),
                row("no spec", b -> b.withSpec(null), "0 start=created ready - - ip=10.0.0.7"));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void whatThePodSaysIsWhatIsSeen(Pod pod, String expected) {
        assertThat(first.of(pod).map(PodSightingsTest::text)).contains(expected);
    }

    @ParameterizedTest
    @MethodSource("pods")
    void whatTheCacheKeepsIsEnough(Pod pod, String expected) {
        assertThat(first.of(PodCache.slim(pod))).isEqualTo(first.of(pod));
    }

    @Test
    void theAgentIsTheContainerOfThatName() {
        var named = new PodSightings(Optional.of("proxy"));

        assertThat(named.of(sidecar(serving(), 9).build()).orElseThrow().incarnation())
                .isEqualTo(Incarnation.of("u-1", CREATED, 9));
    }

    @Test
    void aPodWithoutAContainerOfThatNameGoesByItsFirst() {
        var named = new PodSightings(Optional.of("voice"));

        assertThat(named.of(sidecar(serving(), 9).build()).orElseThrow().incarnation())
                .isEqualTo(Incarnation.of("u-1", CREATED, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent.zero",
                "metadata",
                "a-name-that-is-longer-than-the-63-characters-that-a-label-may-have-at-most"
            })
    void aPodWhoseNameIsNoneOfOursIsLeftAlone(String name) {
        assertThat(first.of(
                        serving().editMetadata().withName(name).endMetadata().build()))
                .isEmpty();
    }

    @Test
    void aPodThatNoServerMadeIsLeftAlone() {
        assertThat(first.of(new Pod())).isEmpty();
        assertThat(first.of(serving().editMetadata().withUid(null).endMetadata().build()))
                .isEmpty();
        assertThat(first.of(serving()
                        .editMetadata()
                        .withCreationTimestamp("yesterday")
                        .endMetadata()
                        .build()))
                .isEmpty();
    }

    private static Arguments row(String name, UnaryOperator<PodBuilder> change, String expected) {
        return arguments(named(name, change.apply(serving()).build()), expected);
    }

    private static String text(PodSighting seen) {
        var start =
                seen.started().equals(STARTED) ? "started" : seen.started().equals(RESTARTED) ? "restarted" : "created";
        return seen.incarnation().id().substring("u-1/".length())
                + " start=" + start
                + (seen.ready() ? " ready" : " -")
                + (seen.terminating() ? " terminating" : " -")
                + (seen.gone() ? " gone" : " -")
                + " ip=" + seen.ip();
    }

    private static PodBuilder serving() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("agent-0")
                .withUid("u-1")
                .withCreationTimestamp(CREATED.toString())
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-3")
                .addNewContainer()
                .withName("agent")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("10.0.0.7")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addNewContainerStatus()
                .withName("agent")
                .withRestartCount(0)
                .withNewState()
                .withNewRunning(STARTED.toString())
                .endState()
                .endContainerStatus()
                .endStatus();
    }

    private static PodBuilder unready(PodBuilder pod) {
        return pod.editStatus()
                .editFirstCondition()
                .withStatus("False")
                .endCondition()
                .endStatus();
    }

    /** Its status stands before the agent's, as a cluster may list them. */
    private static PodBuilder sidecar(PodBuilder pod, int restarts) {
        return pod.editSpec()
                .addNewContainer()
                .withName("proxy")
                .endContainer()
                .endSpec()
                .editStatus()
                .addToContainerStatuses(
                        0,
                        new ContainerStatusBuilder()
                                .withName("proxy")
                                .withRestartCount(restarts)
                                .build())
                .endStatus();
    }
}
