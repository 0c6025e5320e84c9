package dev.smartrouter.dashboard;

import dev.smartrouter.pool.Pools;
import io.dropwizard.jetty.setup.ServletEnvironment;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's page, put together by hand: {@code /dashboard}, which anybody may fetch, and {@code /dashboard/events} and
 * {@code /dashboard/story}, which tell what is going on.
 */
public final class Dashboard implements Managed {
    private static final Logger log = LoggerFactory.getLogger(Dashboard.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Stories stories;
    private final Broadcast broadcast;
    private final Narrator narrator;
    private final ScheduledExecutorService scheduler;

    /** @param scheduler looks, once a second: at the store only while somebody watches */
    public Dashboard(
            Sources sources, Memory memory, Pools pools, InstantSource clock, ScheduledExecutorService scheduler) {
        this.stories = memory.stories();
        this.broadcast = new Broadcast(
                new Lookout(sources, stories, clock), memory.figures(), () -> scheduler.execute(this::show));
        this.narrator = new Narrator(sources, stories, pools);
        this.scheduler = scheduler;
    }

    /** What the router remembers of its own doings. */
    public record Memory(Stories stories, Figures figures) {}

    /** Serves it on a port. */
    public void on(ServletEnvironment port) {
        port.addServlet("dashboard", new PageServlet()).addMapping("/dashboard/*");
        port.addServlet("dashboard-events", new EventsServlet(broadcast)).addMapping("/dashboard/events");
        port.addServlet("dashboard-story", new StoryServlet(narrator)).addMapping("/dashboard/story");
    }

    @Override
    public void start() {
        var unused = scheduler.scheduleAtFixedRate(this::tick, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends all streams, which would else keep a router that stops waiting for them. */
    public void end() {
        broadcast.end();
    }

    private void tick() {
        try {
            stories.tick();
        } catch (RuntimeException e) {
            log.error("the stories stumbled; next try in {}", EVERY, e);
        }
        show();
    }

    private void show() {
        try {
            broadcast.tick();
        } catch (RuntimeException e) {
            log.error("the dashboard stumbled; next try in {}", EVERY, e);
        }
    }
}
