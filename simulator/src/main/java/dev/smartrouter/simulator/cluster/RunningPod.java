package dev.smartrouter.simulator.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of a pod on its node: its container, started again when it crashes, until the pod is gone. */
final class RunningPod {
    private static final Logger log = LoggerFactory.getLogger(RunningPod.class);

    private final String name;
    private final String uid;
    private final String ip;
    private final PodRuntime runtime;
    private final PodWatch watch;
    private final Loop loop;
    private final InstantSource clock;
    private final BackOff backOff;
    private PodRuntime.@Nullable Container container;
    private Instant started;
    private int runs;
    private boolean ready;
    private boolean stopping;
    private boolean over;
    private boolean evicted;

    /** True while the API does not know how it is. */
    private boolean untold = true;

    RunningPod(
            String name,
            String uid,
            String ip,
            PodRuntime runtime,
            PodWatch watch,
            Loop loop,
            InstantSource clock,
            BackOff backOff) {
        this.name = name;
        this.uid = uid;
        this.ip = ip;
        this.runtime = runtime;
        this.watch = watch;
        this.loop = loop;
        this.clock = clock;
        this.backOff = backOff;
        this.started = clock.instant();
    }

    String name() {
        return name;
    }

    /** True once nothing of it runs, or will. */
    boolean isOver() {
        return over;
    }

    void start() {
        var run = ++runs;
        started = clock.instant();
        untold = true;
        try {
            container = runtime.start(name, uid, ip, new PodRuntime.Signals() {
                @Override
                public void ready(boolean now) {
                    ifStill(run, () -> tell(now));
                }

                @Override
                public void crashed() {
                    ifStill(run, RunningPod.this::crashed);
                }
            });
        } catch (RuntimeException e) {
            log.warn("the container of {} did not start: {}", name, e.getMessage());
            crashed();
        }
    }

    /** Its container may end in peace, for as long as the grace lasts. */
    void stop(Duration grace) {
        if (stopping || over) return;
        stopping = true;
        watch.terminating(name, uid);
        if (container == null) {
            end();
        } else {
            var unused = container.stop(grace).whenComplete((nothing, error) -> later(this::end));
            loop.later(grace, () -> {
                if (over) return;
                end();
                loop.poke();
            });
        }
    }

    /** All of it is gone now. */
    void end() {
        if (over) return;
        over = true;
        if (container != null) container.kill();
        container = null;
        ready = false;
        watch.gone(name, uid);
    }

    /** It ends, and stays listed as one that failed. */
    void evict() {
        evicted = true;
        untold = true;
        end();
    }

    /** What the API does not know yet. */
    void report(Pod pod, PodRequests api) {
        if (!untold) return;
        api.status(pod, status());
        untold = false;
    }

    /** Signals come from any thread, and some when it is too late. */
    private void ifStill(int run, Runnable news) {
        later(() -> {
            if (run == runs && !over) news.run();
        });
    }

    private void later(Runnable task) {
        var unused = loop.post(task);
    }

    private void tell(boolean now) {
        if (ready == now) return;
        ready = now;
        untold = true;
        watch.ready(name, uid, now);
    }

    private void crashed() {
        container = null;
        ready = false;
        untold = true;
        watch.crashed(name, uid);
        if (stopping) {
            end();
            return;
        }
        var wait = backOff.crashed(started, clock.instant());
        if (wait.isZero()) {
            start();
        } else {
            loop.later(wait, () -> {
                if (over || stopping) return;
                start();
                loop.poke();
            });
        }
    }

    private PodStatus status() {
        if (evicted) {
            return new PodStatusBuilder()
                    .withPhase("Failed")
                    .withReason("Evicted")
                    .withMessage("The node was low on resource: memory.")
                    .build();
        }
        return new PodStatusBuilder()
                .withPhase("Running")
                .withPodIP(ip)
                .withPodIPs(new PodIP(ip))
                .withHostIP("127.0.0.1")
                .withConditions(condition("Ready"), condition("ContainersReady"))
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(PodRequests.CONTAINER)
                        .withImage("voice-agent")
                        .withImageID("")
                        .withReady(ready)
                        .withRestartCount(Math.max(0, runs - 1))
                        .withState(state())
                        .build())
                .build();
    }

    private ContainerState state() {
        return container == null
                ? new ContainerStateBuilder()
                        .withNewWaiting("back-off restarting failed container", "CrashLoopBackOff")
                        .build()
                : new ContainerStateBuilder()
                        .withNewRunning(started.truncatedTo(ChronoUnit.SECONDS).toString())
                        .build();
    }

    private PodCondition condition(String type) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(ready ? "True" : "False")
                .build();
    }
}
