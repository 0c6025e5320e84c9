package dev.smartrouter.cluster;

import dev.smartrouter.pool.PodListener;
import dev.smartrouter.pool.PodSighting;
import io.dropwizard.lifecycle.Managed;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of pods as they come, change and go, from {@code start} to {@code stop}, as often as those are called: for as
 * long as a replica leads. At each start it tells of every pod there is. An informer can stop or miss a delete; this
 * starts another, but who needs the whole truth must also list ({@link KubernetesCluster#list}).
 */
public final class PodWatcher implements Managed {
    private static final Logger log = LoggerFactory.getLogger(PodWatcher.class);
    private static final Duration CHECK = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final PodSelector pods;
    private final PodSightings sightings;
    private final PodListener listener;
    private final ScheduledExecutorService scheduler;
    private final Object delivery = new Object();
    private final Outage outage = new Outage(log, "pods cannot be watched");
    private @Nullable ScheduledFuture<?> timer;
    private volatile @Nullable SharedIndexInformer<Pod> informer;

    /** @param scheduler looks after the watch while there is one */
    public PodWatcher(
            ClusterClient client,
            PodSelector pods,
            PodSightings sightings,
            PodListener listener,
            ScheduledExecutorService scheduler) {
        this.client = client.api();
        this.pods = pods;
        this.sightings = sightings;
        this.listener = listener;
        this.scheduler = scheduler;
    }

    /** Begins in the background; a cluster that does not answer is asked again until it does. */
    @Override
    public synchronized void start() {
        if (informer != null) return;
        watch();
        timer = scheduler.scheduleWithFixedDelay(this::tick, CHECK.toMillis(), CHECK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing is told any more, but for an event that is being told right now. */
    @Override
    public synchronized void stop() {
        if (timer != null) timer.cancel(false);
        var last = informer;
        informer = null;
        if (last != null) last.stop();
    }

    /** True while the cluster tells of changes. */
    public synchronized boolean isWatching() {
        var now = informer;
        return now != null && now.isWatching();
    }

    /** Looks after the watch: one that has stopped is begun again. */
    synchronized void tick() {
        try {
            var now = informer;
            if (now == null) return;
            if (!now.isRunning()) {
                log.warn("the watch of pods has stopped: another begins");
                watch();
            } else if (now.isWatching()) {
                outage.over();
            }
        } catch (RuntimeException e) {
            log.error("looking after the watch failed; next try in {}", CHECK, e);
        }
    }

    private void watch() {
        var next = pods.in(client).withLimit(PodSelector.PAGE).runnableInformer(0);
        next.itemStore(new PodCache());
        next.exceptionHandler((started, error) -> {
            if (next.equals(informer)) outage.failed(error);
            return true; // again, whatever it was: rights can be granted, a selector cannot be wrong for ever
        });
        next.addEventHandler(new Events(next));
        informer = next;
        var unused = next.start();
    }

    /** What one informer tells. The lock keeps a new one waiting until the last word of the one before it. */
    private final class Events implements ResourceEventHandler<Pod> {
        private final SharedIndexInformer<Pod> source;

        Events(SharedIndexInformer<Pod> source) {
            this.source = source;
        }

        @Override
        public void onAdd(Pod pod) {
            tell(pod, listener::seen);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            // A pod recreated under its name while nobody watched comes as an update.
            tell(pod, listener::seen);
        }

        /** @param unknown true if the delete itself was missed, and the pod is as it was seen last */
        @Override
        public void onDelete(Pod pod, boolean unknown) {
            tell(pod, listener::vanished);
        }

        private void tell(Pod pod, Consumer<PodSighting> news) {
            synchronized (delivery) {
                if (!source.equals(informer)) return;
                try {
                    sightings.of(pod).ifPresent(news);
                } catch (RuntimeException e) {
                    log.error(
                            "news of pod {} was lost; the next LIST repairs it",
                            pod.getMetadata().getName(),
                            e);
                }
            }
        }
    }
}
