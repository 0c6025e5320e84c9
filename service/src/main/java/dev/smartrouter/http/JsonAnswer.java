package dev.smartrouter.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON from where no resource is: filters, and servlets beside Jersey. */
public final class JsonAnswer {
    private JsonAnswer() {}

    /**
     * {@code {"error":…}}.
     *
     * @param error words of ours, which hold neither quotes nor backslashes
     */
    public static void error(HttpServletResponse response, int status, String error) throws IOException {
        write(response, status, ("{\"error\":\"" + error + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    public static void write(HttpServletResponse response, int status, byte[] json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
