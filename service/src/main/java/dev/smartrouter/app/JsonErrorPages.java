package dev.smartrouter.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What is wrong with a request before it gets to a resource (its headers, its path), as {@code {"error":…}}. */
final class JsonErrorPages extends ErrorHandler {
    private static final HttpField JSON = new HttpField(HttpHeader.CONTENT_TYPE, "application/json");

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var status = response.getStatus() >= HttpStatus.BAD_REQUEST_400
                ? response.getStatus()
                : HttpStatus.INTERNAL_SERVER_ERROR_500;
        response.getHeaders().put(JSON);
        Content.Sink.write(response, true, new String(body(status), StandardCharsets.UTF_8), callback);
        return true;
    }

    @Override
    public ByteBuffer badMessageError(int status, String reason, org.eclipse.jetty.http.HttpFields.Mutable fields) {
        fields.put(JSON);
        return ByteBuffer.wrap(body(status));
    }

    private static byte[] body(int status) {
        // 501 and 505 are about the request: a method or a version that nobody here speaks
        var reason = status == HttpStatus.NOT_IMPLEMENTED_501
                        || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
                        || status < HttpStatus.INTERNAL_SERVER_ERROR_500
                ? HttpStatus.getMessage(status).toLowerCase(Locale.ROOT)
                : "internal error";
        return ("{\"error\":\"" + reason + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
