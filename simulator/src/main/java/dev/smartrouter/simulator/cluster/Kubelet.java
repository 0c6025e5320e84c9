package dev.smartrouter.simulator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs what is bound to its node, and tells the API how it is. Turned by one thread. */
final class Kubelet {
    private final PodRequests api;
    private final ClusterSettings settings;
    private final PodRuntime runtime;
    private final PodWatch watch;
    private final Loop loop;
    private final InstantSource clock;
    private final Map<String, RunningPod> byUid = new LinkedHashMap<>();

    Kubelet(
            PodRequests api,
            ClusterSettings settings,
            PodRuntime runtime,
            PodWatch watch,
            Loop loop,
            InstantSource clock) {
        this.api = api;
        this.settings = settings;
        this.runtime = runtime;
        this.watch = watch;
        this.loop = loop;
        this.clock = clock;
    }

    void tick(List<Pod> listed) {
        var there = new HashSet<String>();
        for (var pod : listed) {
            var member = SetMember.of(pod, settings.prefix());
            if (member.isEmpty() || !PodRequests.NODE.equals(pod.getSpec().getNodeName())) continue;
            there.add(pod.getMetadata().getUid());
            see(pod, member.get());
        }
        byUid.entrySet().removeIf(entry -> {
            if (there.contains(entry.getKey())) return false;
            entry.getValue().end(); // somebody took it away
            return true;
        });
    }

    private void see(Pod pod, SetMember member) {
        var meta = pod.getMetadata();
        var running = byUid.get(meta.getUid());
        if (running == null) {
            running = new RunningPod(
                    meta.getName(),
                    meta.getUid(),
                    ClusterSettings.ip(member.ordinal()),
                    runtime,
                    watch,
                    loop,
                    clock,
                    new BackOff(settings.backOff()));
            byUid.put(meta.getUid(), running);
            if (!member.terminating()) running.start();
        }
        if (member.terminating()) running.stop(settings.grace());
        if (member.terminating() && running.isOver()) api.letGo(meta.getName());
        else running.report(pod, api);
    }

    /** Without grace, and gone from the API at once. */
    void kill(String pod) {
        find(pod).end();
        api.remove(pod);
    }

    void evict(String pod) {
        var running = find(pod);
        running.evict();
        running.report(api.get(pod), api);
    }

    /** The node is gone. */
    void close() {
        byUid.values().forEach(RunningPod::end);
    }

    private RunningPod find(String pod) {
        return byUid.values().stream()
                .filter(running -> running.name().equals(pod) && !running.isOver())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pod " + pod + " runs here"));
    }
}
