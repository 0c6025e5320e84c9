package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agents of all pods, asked at once which calls they have. */
public final class Agents {
    private static final Logger log = LoggerFactory.getLogger(Agents.class);
    private static final int ASKED_AT_ONCE = 256;

    private final Cluster cluster;

    public Agents(Cluster cluster) {
        this.cluster = cluster;
    }

    /** @throws ClusterUnavailableException if the cluster does not say which pods there are */
    List<PodSighting> list() {
        return cluster.list().stream().filter(pod -> !pod.gone()).toList();
    }

    /** What each of them says; empty of those that do not. */
    Map<PodSighting, Optional<Set<CallSid>>> ask(List<PodSighting> pods) {
        var answers = new HashMap<PodSighting, Optional<Set<CallSid>>>();
        var atOnce = new Semaphore(ASKED_AT_ONCE);
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<Optional<Set<CallSid>>>>();
            for (var pod : pods) asked.add(askers.submit(() -> askOne(atOnce, pod)));
            for (int i = 0; i < pods.size(); i++) answers.put(pods.get(i), answer(asked.get(i)));
        }
        return answers;
    }

    private Optional<Set<CallSid>> askOne(Semaphore atOnce, PodSighting pod) throws InterruptedException {
        atOnce.acquire();
        try {
            return cluster.activeCalls(pod);
        } finally {
            atOnce.release();
        }
    }

    private static Optional<Set<CallSid>> answer(Future<Optional<Set<CallSid>>> asked) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            log.warn("an agent could not be asked for its calls", e.getCause());
            return Optional.empty();
        }
    }
}
