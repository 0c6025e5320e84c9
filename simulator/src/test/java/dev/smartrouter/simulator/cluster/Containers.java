package dev.smartrouter.simulator.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Containers that are ready as soon as they start and end as soon as they are asked to, or when a test says so. */
public final class Containers implements PodRuntime, PodWatch {
    final List<String> heard = new CopyOnWriteArrayList<>();
    private final Map<String, Run> latest = new ConcurrentHashMap<>();
    volatile boolean readyAtOnce = true;
    volatile boolean endsWhenAsked = true;

    /** One run of one. */
    final class Run implements Container {
        final String uid;
        final String ip;
        final Signals signals;
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        volatile boolean asked;
        volatile boolean killed;

        Run(String uid, String ip, Signals signals) {
            this.uid = uid;
            this.ip = ip;
            this.signals = signals;
        }

        @Override
        public CompletionStage<Void> stop(Duration grace) {
            asked = true;
            if (endsWhenAsked) ended.complete(null);
            return ended;
        }

        @Override
        public void kill() {
            killed = true;
        }
    }

    Run of(String pod) {
        return latest.get(pod);
    }

    @Override
    public Container start(String pod, String uid, String ip, Signals signals) {
        var run = new Run(uid, ip, signals);
        latest.put(pod, run);
        heard.add("start " + pod);
        if (readyAtOnce) signals.ready(true);
        return run;
    }

    @Override
    public void born(String pod, String uid) {
        heard.add("born " + pod);
    }

    @Override
    public void ready(String pod, String uid, boolean ready) {
        heard.add((ready ? "ready " : "unready ") + pod);
    }

    @Override
    public void terminating(String pod, String uid) {
        heard.add("terminating " + pod);
    }

    @Override
    public void crashed(String pod, String uid) {
        heard.add("crashed " + pod);
    }

    @Override
    public void gone(String pod, String uid) {
        heard.add("gone " + pod);
    }
}
