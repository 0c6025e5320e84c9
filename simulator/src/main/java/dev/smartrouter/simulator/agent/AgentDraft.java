package dev.smartrouter.simulator.agent;

import java.util.function.Predicate;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.HandshakeState;
import org.java_websocket.exceptions.IncompleteHandshakeException;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;

/**
 * WebSocket as a process speaks it that may hang: then it answers nothing, not even a ping, and reads what came when it
 * goes on. A handshake that comes meanwhile is left unanswered for good.
 */
final class AgentDraft extends Draft_6455 {
    private final Predicate<String> hangs;

    /** @param hangs whether the pod at the target of a request does */
    AgentDraft(Predicate<String> hangs) {
        this.hangs = hangs;
    }

    @Override
    public HandshakeState acceptHandshakeAsServer(ClientHandshake handshake) throws InvalidHandshakeException {
        // To the server this means that the rest of the request is still on its way.
        if (hangs.test(handshake.getResourceDescriptor())) throw new IncompleteHandshakeException();
        return super.acceptHandshakeAsServer(handshake);
    }

    @Override
    public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
        MediaCall call = socket.getAttachment();
        if (call == null || !call.pod().stall().holds(() -> late(socket, frame))) super.processFrame(socket, frame);
    }

    private void late(WebSocketImpl socket, Framedata frame) {
        if (!socket.isOpen()) return;
        try {
            super.processFrame(socket, frame);
        } catch (InvalidDataException e) {
            socket.close(e);
        }
    }

    @Override
    public Draft copyInstance() {
        return new AgentDraft(hangs);
    }
}
