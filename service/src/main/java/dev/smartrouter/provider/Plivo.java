package dev.smartrouter.provider;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRootName;
import com.fasterxml.jackson.dataformat.xml.annotation.JacksonXmlProperty;
import com.fasterxml.jackson.dataformat.xml.annotation.JacksonXmlText;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/**
 * Plivo: its own XML, in which the stream's URL is an element's text. Facts from its pages on answer URLs, {@code <Stream>}
 * and call statuses.
 */
final class Plivo implements SpokenProvider {
    private static final Set<String> TERMINAL = Set.of("completed", "busy", "failed", "timeout", "no-answer", "cancel");
    private static final Set<String> STREAM_ENDS = Set.of("stopstream", "droppedstream");

    @Override
    public String name() {
        return "plivo";
    }

    @Override
    public String callField() {
        return "CallUUID";
    }

    /** A stream may stop, or drop, while its call goes on. */
    @Override
    public CallSign read(Fields callback) {
        var event = callback.word("Event");
        if (event.equals("startstream")) return CallSign.LIVE;
        if (STREAM_ENDS.contains(event)) return CallSign.OTHER;
        var status = callback.word("CallStatus");
        if (TERMINAL.contains(status)) return CallSign.ENDED;
        return status.equals("in-progress") ? CallSign.LIVE : CallSign.OTHER;
    }

    @Override
    public Response stream(String wsUrl) {
        return Markup.answer(new StreamDocument(new Stream(true, true, "audio/x-mulaw;rate=8000", wsUrl)));
    }

    @Override
    public Response say(Apology apology) {
        return Markup.answer(new SpeakDocument(apology.text(), Markup.Hangup.HANGUP));
    }

    @JsonRootName("Response")
    private record StreamDocument(
            @JacksonXmlProperty(localName = "Stream") Stream stream) {}

    @JsonPropertyOrder({"bidirectional", "keepCallAlive", "contentType"})
    private record Stream(
            @JacksonXmlProperty(isAttribute = true) boolean bidirectional,
            @JacksonXmlProperty(isAttribute = true) boolean keepCallAlive,
            @JacksonXmlProperty(isAttribute = true) String contentType,
            @JacksonXmlText String url) {}

    @JsonRootName("Response")
    private record SpeakDocument(
            @JacksonXmlProperty(localName = "Speak") String speak,
            @JacksonXmlProperty(localName = "Hangup") Markup.Hangup hangup) {}
}
