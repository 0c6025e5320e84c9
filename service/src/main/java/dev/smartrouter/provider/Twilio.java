package dev.smartrouter.provider;

import com.fasterxml.jackson.annotation.JsonRootName;
import com.fasterxml.jackson.dataformat.xml.annotation.JacksonXmlProperty;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/**
 * Twilio: TwiML. Facts from its pages on voice webhooks, {@code <Stream>} and call statuses.
 */
final class Twilio implements SpokenProvider {
    private static final Set<String> TERMINAL = Set.of("completed", "busy", "no-answer", "failed", "canceled");

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public String callField() {
        return "CallSid";
    }

    /** A stream may stop, or fail, while its call goes on. */
    @Override
    public CallSign read(Fields callback) {
        var stream = callback.word("StreamEvent");
        if (!stream.isEmpty()) return stream.equals("stream-started") ? CallSign.LIVE : CallSign.OTHER;
        var status = callback.word("CallStatus");
        if (TERMINAL.contains(status)) return CallSign.ENDED;
        return status.equals("in-progress") ? CallSign.LIVE : CallSign.OTHER;
    }

    @Override
    public Response stream(String wsUrl) {
        return Markup.answer(new StreamDocument(new Connect(new Stream(wsUrl))));
    }

    @Override
    public Response say(Apology apology) {
        return Markup.answer(new SayDocument(apology.text(), Markup.Hangup.HANGUP));
    }

    @JsonRootName("Response")
    private record StreamDocument(
            @JacksonXmlProperty(localName = "Connect") Connect connect) {}

    private record Connect(
            @JacksonXmlProperty(localName = "Stream") Stream stream) {}

    /** @param url wss without a query: Twilio refuses one */
    private record Stream(
            @JacksonXmlProperty(localName = "url", isAttribute = true)
            String url) {}

    @JsonRootName("Response")
    private record SayDocument(
            @JacksonXmlProperty(localName = "Say") String say,
            @JacksonXmlProperty(localName = "Hangup") Markup.Hangup hangup) {}
}
