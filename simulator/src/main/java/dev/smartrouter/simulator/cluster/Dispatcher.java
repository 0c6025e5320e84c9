package dev.smartrouter.simulator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.concurrent.RejectedExecutionException;

/**
 * fabric8's own, which also says that something changed, and answers whether an account may do something: it may.
 *
 * <p>fabric8's waits for a closing watch's last events on the very thread that should send them, and for 30 s nobody on
 * that thread gets an answer. Here another thread waits.
 */
final class Dispatcher extends KubernetesCrudDispatcher {
    private static final String ALLOWED = """
            {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","metadata":{},"spec":{},\
            "status":{"allowed":true}}""";

    private final Runnable changed;

    Dispatcher(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
        return request.getPath().endsWith("/selfsubjectaccessreviews")
                ? new MockResponse().setResponseCode(201).setBody(ALLOWED)
                : super.handleCreate(request);
    }

    @Override
    public MockResponse handleWatch(String path) {
        var response = super.handleWatch(path);
        return response.withWebSocketUpgrade(new Patient(response.getWebSocketListener()));
    }

    @Override
    public void processEvent(
            String path,
            AttributeSet pathAttributes,
            AttributeSet oldAttributes,
            GenericKubernetesResource resource,
            String newState) {
        try {
            super.processEvent(path, pathAttributes, oldAttributes, resource, newState);
        } catch (RejectedExecutionException e) {
            // kept already; only a watch that closes in this moment is not told
        }
        if (path.contains("/pods")) changed.run();
    }

    private static final class Patient extends WebSocketListener {
        private final WebSocketListener watch;

        Patient(WebSocketListener watch) {
            this.watch = watch;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            watch.onOpen(socket, response);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            watch.onClosing(socket, code, reason);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            Thread.ofVirtual().start(() -> watch.onClosed(socket, code, reason));
        }

        @Override
        public void onFailure(WebSocket socket, Throwable error, Response response) {
            Thread.ofVirtual().start(() -> watch.onFailure(socket, error, response));
        }
    }
}
