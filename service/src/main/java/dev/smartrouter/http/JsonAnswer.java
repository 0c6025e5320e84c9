package dev.smartrouter.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code {"error":…}} of what is refused before any resource is asked. */
public final class JsonAnswer {
    private JsonAnswer() {}

    /** @param error words of ours, which hold neither quotes nor backslashes */
    public static void error(HttpServletResponse response, int status, String error) throws IOException {
        var body = ("{\"error\":\"" + error + "\"}").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
