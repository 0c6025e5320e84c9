package dev.smartrouter.simulator.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A provider's message on a media socket: the fields an agent looks at. Read token by token, since there are 50 a second
 * of every call.
 *
 * @param event such as {@code media}; empty if there is none
 * @param dialect whose {@code start} this is; null for every other event
 * @param call the sid in a {@code start}; empty in others
 * @param stream empty if it is not named
 * @param payload of {@code media}, as it came; empty in others
 */
record MediaMessage(String event, @Nullable Dialect dialect, String call, String stream, String payload) {
    private static final JsonFactory json = new JsonFactory();

    /** @throws IOException if it is no JSON object */
    static MediaMessage read(String text) throws IOException {
        try (var parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new IOException("no JSON object");
            var reading = new Reading();
            for (var token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
                if (token == null) throw new IOException("cut short");
                reading.member(parser, parser.currentName());
            }
            return reading.done();
        }
    }

    private static final class Reading {
        private String event = "";
        private @Nullable Dialect dialect;
        private String call = "";
        private String stream = "";
        private String payload = "";

        void member(JsonParser parser, String name) throws IOException {
            switch (parser.nextToken()) {
                case START_OBJECT -> {
                    if (name.equals("start") || name.equals("media")) part(parser);
                    else parser.skipChildren();
                }
                case START_ARRAY -> parser.skipChildren();
                case VALUE_STRING -> {
                    switch (name) {
                        case "event" -> event = parser.getText();
                        case "streamSid", "stream_sid", "streamId" -> stream = parser.getText();
                        default -> {}
                    }
                }
                case null -> throw new IOException("cut short");
                default -> {}
            }
        }

        /** The inside of {@code start} or {@code media}; deeper down is what customers wrote. */
        private void part(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING) text(name, parser.getText());
                else parser.skipChildren();
            }
        }

        private void text(String name, String value) {
            switch (name) {
                case "callSid" -> starts(Dialect.TWILIO, value);
                case "callId" -> starts(Dialect.PLIVO, value);
                case "call_sid" -> starts(Dialect.EXOTEL, value);
                case "streamSid", "stream_sid", "streamId" -> stream = value;
                case "payload" -> payload = value;
                default -> {}
            }
        }

        private void starts(Dialect whose, String sid) {
            dialect = whose;
            call = sid;
        }

        MediaMessage done() {
            return new MediaMessage(event, event.equals("start") ? dialect : null, call, stream, payload);
        }
    }
}
