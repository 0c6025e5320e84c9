package dev.smartrouter.app;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.smartrouter.http.Lane;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers the POSTs that every call passes without Jersey, whose routing and injection cost as much as all that the
 * router does besides (ADR 12). The resources are the same; what is not written just like a lane's path goes on to
 * Jersey, which knows these endpoints too. Only so many requests are answered at once: the rest is refused at once.
 */
final class ExpressLanes implements Filter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]*");

    private final Map<String, Lane> lanes;
    private final RequestIds ids;
    private final RequestMetrics metrics;
    private final Function<Throwable, Response> errors;
    private final ObjectWriter json;
    private final Semaphore room;

    /**
     * @param lanes by path
     * @param errors what to answer to a request that ended so
     * @param most requests that are answered at once
     */
    ExpressLanes(
            Map<String, Lane> lanes,
            RequestIds ids,
            RequestMetrics metrics,
            Function<Throwable, Response> errors,
            ObjectWriter json,
            int most) {
        this.lanes = Map.copyOf(lanes);
        this.ids = ids;
        this.metrics = metrics;
        this.errors = errors;
        this.json = json;
        this.room = new Semaphore(most);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var asked = (HttpServletRequest) request;
        var lane = asked.getMethod().equals("POST") ? find(asked.getRequestURI()) : null;
        if (lane == null) chain.doFilter(request, response);
        else answer(lane, asked, (HttpServletResponse) response);
    }

    /** By the whole path, or by all of it up to a plain last segment. */
    private @Nullable Lane find(String path) {
        var lane = lanes.get(path);
        if (lane != null) return lane;
        var last = path.lastIndexOf('/') + 1;
        var plain = PLAIN.matcher(path).region(last, path.length()).matches();
        return plain ? lanes.get(path.substring(0, last)) : null;
    }

    private void answer(Lane lane, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var start = metrics.now();
        var id = ids.begin(request.getHeader(RequestIds.HEADER));
        try {
            var answer = answer(lane, request);
            response.setHeader(RequestIds.HEADER, id);
            metrics.answered(request.getMethod(), lane.endpoint(), answer.getStatus(), start);
            write(answer, response);
        } finally {
            ids.end();
        }
    }

    private Response answer(Lane lane, HttpServletRequest request) {
        var busy = lane.busy();
        if (busy == null) return perform(lane, request);
        if (!room.tryAcquire()) return busy.get();
        try {
            return perform(lane, request);
        } finally {
            room.release();
        }
    }

    private Response perform(Lane lane, HttpServletRequest request) {
        try {
            return lane.deed().answer(request);
        } catch (WebApplicationException e) {
            return e.getResponse().hasEntity() ? e.getResponse() : errors.apply(e); // as Jersey reads it
        } catch (IOException | RuntimeException | Error e) {
            return errors.apply(e);
        }
    }

    private void write(Response answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.getStatus());
        answer.getStringHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        var body = body(answer.getEntity());
        if (body.length == 0 && answer.getStatus() == HttpServletResponse.SC_NO_CONTENT) return;
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private byte[] body(@Nullable Object entity) throws IOException {
        return switch (entity) {
            case null -> new byte[0];
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> json.writeValueAsBytes(entity);
        };
    }
}
