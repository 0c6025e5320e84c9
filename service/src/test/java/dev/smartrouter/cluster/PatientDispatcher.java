package dev.smartrouter.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.concurrent.RejectedExecutionException;

/**
 * fabric8's own waits for a closing watch's last events on the very thread that should send them: for 30 s nobody on
 * that thread gets an answer. This lets another thread wait.
 */
final class PatientDispatcher extends KubernetesCrudDispatcher {
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
