package dev.smartrouter.app;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Says {@code Connection: close} in an answer that does not wait for the request's body: no other request can follow
 * one whose body has not come, and a client that is not told sends its next into a closed connection.
 */
final class UnreadBodies extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var headers = request.getHeaders();
        if (headers.contains(HttpHeader.CONTENT_LENGTH) || headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            request.addHttpStreamWrapper(WithBody::new);
        }
        return super.handle(request, response, callback);
    }

    private static final class WithBody extends HttpStream.Wrapper {
        WithBody(HttpStream stream) {
            super(stream);
        }

        @Override
        public void prepareResponse(HttpFields.Mutable headers) {
            if (consumeAvailable() != null) headers.put(HttpFields.CONNECTION_CLOSE);
            super.prepareResponse(headers);
        }
    }
}
