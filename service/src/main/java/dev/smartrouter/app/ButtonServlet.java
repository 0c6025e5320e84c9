package dev.smartrouter.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartrouter.pool.StoreErrors;
import dev.smartrouter.pool.StoreUnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** An endpoint of the API on the port for operators, where no Jersey is: what a button of the dashboard presses. */
final class ButtonServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Function<InputStream, Response> endpoint;
    private final transient ObjectMapper json;

    ButtonServlet(Function<InputStream, Response> endpoint, ObjectMapper json) {
        this.endpoint = endpoint;
        this.json = json;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (var answer = answer(request.getInputStream())) {
            response.setStatus(answer.getStatus());
            answer.getStringHeaders().forEach((name, values) -> response.setHeader(name, String.join(",", values)));
            response.setContentType("application/json");
            response.getOutputStream().write(json.writeValueAsBytes(answer.getEntity()));
        }
    }

    private Response answer(InputStream body) {
        try {
            return endpoint.apply(body);
        } catch (WebApplicationException e) {
            return e.getResponse();
        } catch (StoreUnavailableException e) {
            return new StoreErrors().toResponse(e);
        }
    }
}
