package dev.smartrouter.simulator.agent;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.jspecify.annotations.Nullable;

/**
 * The conversation on one socket. Messages come in order and one at a time; beats come from another thread. A socket
 * that breaks the rules is closed with 1008 and a reason: no JSON, a {@code start} for another call or of no provider we
 * know, sound before {@code start}, sound that is not base64.
 */
final class MediaCall {
    private static final String GREETING = "\"greeting\"";

    private final AgentPod pod;
    private final String sid;
    private final WebSocket socket;
    private volatile @Nullable Line line;
    private volatile boolean refused;

    MediaCall(AgentPod pod, String sid, WebSocket socket) {
        this.pod = pod;
        this.sid = sid;
        this.socket = socket;
    }

    /** Whom we talk to, since {@code start}. */
    private static final class Line {
        private final Dialect dialect;
        private final String stream;
        private final String words;
        private final long every;
        private final int phase;
        private boolean greeted;

        /**
         * @param words to say at every so many beats; empty for an echo
         * @param phase any number: calls that differ in it spread over the beats
         */
        Line(Dialect dialect, String stream, String words, long every, int phase) {
            this.dialect = dialect;
            this.stream = stream;
            this.words = words;
            this.every = every;
            this.phase = phase & 0xFF;
        }
    }

    AgentPod pod() {
        return pod;
    }

    String sid() {
        return sid;
    }

    /** Whether we closed it because it broke the rules. */
    boolean refused() {
        return refused;
    }

    void hears(String text) {
        MediaMessage message;
        try {
            message = MediaMessage.read(text);
        } catch (IOException e) {
            refuse("not JSON");
            return;
        }
        switch (message.event()) {
            case "start" -> start(message);
            case "media" -> media(message.payload());
            case "dtmf" -> interrupted();
            case "stop" -> close("stopped");
            default -> {} // connected, mark, playedStream, clearedAudio ask for nothing
        }
    }

    /** From the metronome: time to say something, perhaps. */
    void beat(long number) {
        var to = line;
        if (to == null || (number + to.phase) % to.every != 0 || pod.stall().stalled()) return;
        say(to, to.words);
    }

    /** The agent has said what it had to say. */
    void hangUp() {
        close("agent hung up");
    }

    /** As when a process dies: no close frame. */
    void cut() {
        socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "agent died");
    }

    private void start(MediaMessage message) {
        var dialect = message.dialect();
        if (dialect == null) {
            refuse("start of no known provider");
        } else if (!message.call().equals(sid)) {
            refuse("start of another call");
        } else if (line == null) {
            line = line(dialect, message.stream());
            pod.started(this);
        }
    }

    private Line line(Dialect dialect, String stream) {
        var quoted = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(stream)) + '"';
        return switch (pod.speech()) {
            case Speech.Echo() -> new Line(dialect, quoted, "", 1, 0);
            case Speech.Canned(var wanted) -> {
                var frame = dialect.frame(wanted);
                yield new Line(dialect, quoted, dialect.words(frame), frame.dividedBy(Metronome.BEAT), sid.hashCode());
            }
        };
    }

    private void media(String payload) {
        var to = line;
        if (to == null) {
            refuse("media before start");
        } else if (!isBase64(payload)) {
            refuse("payload is not base64");
        } else if (to.words.isEmpty()) {
            say(to, payload);
        }
    }

    /** The caller pressed a key: what we were saying is of no interest. */
    private void interrupted() {
        var to = line;
        if (to != null) send(to.dialect.clear(to.stream));
    }

    private void say(Line to, String payload) {
        send(to.dialect.audio(to.stream, payload));
        if (to.greeted) return;
        to.greeted = true;
        send(to.dialect.mark(to.stream, GREETING));
    }

    private void send(String text) {
        if (!socket.isOpen()) return;
        try {
            socket.send(text);
        } catch (WebsocketNotConnectedException e) {
            return; // it closed under our hands
        }
    }

    private void refuse(String why) {
        refused = true;
        socket.close(CloseFrame.POLICY_VALIDATION, why);
    }

    private void close(String why) {
        socket.close(CloseFrame.NORMAL, why);
    }

    private static boolean isBase64(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var digit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!digit && c != '+' && c != '/' && c != '=') return false;
        }
        return !text.isEmpty();
    }
}
