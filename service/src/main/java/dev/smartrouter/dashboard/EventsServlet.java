package dev.smartrouter.dashboard;

import dev.smartrouter.http.JsonAnswer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * {@code GET /dashboard/events}: server-sent events, a whole frame and then a change each second, until the watcher or
 * the router goes. There are no ids to resume from: whoever comes back gets a whole frame. The page reads them by fetch
 * rather than EventSource, which cannot send a key.
 */
final class EventsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    /** A comment line this often shows that the line holds, and finds out who is gone. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);

    private final transient Broadcast broadcast;

    EventsServlet(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageServlet.secure(response);
        response.setHeader("Cache-Control", "no-store");
        var seat = broadcast.enter();
        if (seat.isEmpty()) {
            response.setHeader("Retry-After", "5");
            JsonAnswer.error(
                    response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, Broadcast.MOST_WATCHERS + " watch already");
            return;
        }
        try (var watcher = seat.get()) {
            response.setContentType("text/event-stream;charset=utf-8");
            response.setHeader("X-Accel-Buffering", "no"); // nginx passes each event on at once
            var out = response.getOutputStream();
            while (!watcher.isOver()) {
                var data = watcher.next(SIGN_OF_LIFE).map(frame -> "data: " + frame + "\n\n");
                out.write(data.orElse(":\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
