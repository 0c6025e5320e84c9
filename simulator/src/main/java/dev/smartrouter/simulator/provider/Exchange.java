package dev.smartrouter.simulator.provider;

import dev.smartrouter.simulator.provider.CarrierSettings.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request and its reply. It has a connection of its own, as a provider's many edges have, so that requests spread
 * over whatever routers there are; and it can be broken off while it waits.
 */
final class Exchange {
    /** More than any provider reads. */
    private static final int BODY_LIMIT = 200_000;

    private final URI base;
    private final Request request;
    private final Patience patience;
    private volatile @Nullable HttpURLConnection connection;
    private volatile boolean aborted;

    Exchange(URI base, Request request, Patience patience) {
        this.base = base;
        this.request = request;
        this.patience = patience;
    }

    /** Sends the request and waits for the reply; to be called once. */
    Reply send() {
        try {
            var opened = open();
            connection = opened;
            if (aborted) return new Reply.Lost("broken off");
            if (!request.body().isEmpty()) {
                var body = request.body().getBytes(StandardCharsets.UTF_8);
                opened.setDoOutput(true);
                opened.setFixedLengthStreamingMode(body.length); // a post is then never repeated behind our back
                try (var out = opened.getOutputStream()) {
                    out.write(body);
                }
            }
            return replyOf(opened);
        } catch (SocketTimeoutException e) {
            return new Reply.Lost(aborted ? "broken off" : "no answer in time");
        } catch (IOException e) {
            return new Reply.Lost(aborted ? "broken off" : "connection failed: " + e.getMessage());
        } catch (RuntimeException e) {
            if (!aborted) throw e;
            return new Reply.Lost("broken off"); // a connection taken from under a request fails in any way
        }
    }

    /** Breaks it off, if it is not over. */
    void abort() {
        aborted = true;
        var opened = connection;
        if (opened != null) opened.disconnect();
    }

    private HttpURLConnection open() throws IOException {
        var uri = URI.create(base.toString().replaceAll("/+$", "") + request.target());
        var opened = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        opened.setConnectTimeout(Math.toIntExact(Math.max(patience.connect().toMillis(), 1)));
        opened.setReadTimeout(Math.toIntExact(Math.max(patience.read().toMillis(), 1)));
        opened.setInstanceFollowRedirects(false);
        opened.setUseCaches(false);
        opened.setRequestMethod(request.method());
        opened.setRequestProperty("Connection", "close");
        opened.setRequestProperty("Accept", "*/*");
        request.headers().forEach(opened::setRequestProperty);
        return opened;
    }

    private static Reply replyOf(HttpURLConnection connection) throws IOException {
        var status = connection.getResponseCode();
        if (status < 0) return new Reply.Lost("the answer is not HTTP");
        try (var body = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            var type = Objects.requireNonNullElse(connection.getContentType(), "");
            return new Reply.Came(status, type, body == null ? new byte[0] : bytesOf(body));
        } finally {
            connection.disconnect();
        }
    }

    private static byte[] bytesOf(InputStream body) throws IOException {
        return body.readNBytes(BODY_LIMIT);
    }
}
