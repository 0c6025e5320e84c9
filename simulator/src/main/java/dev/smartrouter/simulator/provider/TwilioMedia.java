package dev.smartrouter.simulator.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Twilio's Media Streams: mu-law, and numbers as text. */
final class TwilioMedia implements MediaProtocol {
    private final String stream;
    private final String sid;
    private long sequence;

    TwilioMedia(String stream, String sid) {
        this.stream = stream;
        this.sid = sid;
    }

    @Override
    public Duration frame(Duration asked) {
        return asked;
    }

    @Override
    public int bytesPerMilli() {
        return 8;
    }

    @Override
    public List<String> hello() {
        var start = Map.of(
                "streamSid",
                stream,
                "accountSid",
                Twilio.ACCOUNT,
                "callSid",
                sid,
                "tracks",
                List.of("inbound"),
                "customParameters",
                Map.of(),
                "mediaFormat",
                Map.of("encoding", "audio/x-mulaw", "sampleRate", 8000, "channels", 1));
        return List.of(
                Json.write(Map.of("event", "connected", "protocol", "Call", "version", "1.0.0")),
                message("start", Map.of("start", start)));
    }

    /** The one message that is put together by hand: it is sent 50 times a second. */
    @Override
    public String audio(long frame, long millis, String payload) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"" + ++sequence
                + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\"" + (frame + 1) + "\",\"timestamp\":\"" + millis
                + "\",\"payload\":\"" + payload + "\"},\"streamSid\":\"" + stream + "\"}";
    }

    @Override
    public String key(char digit, long millis) {
        return message("dtmf", Map.of("dtmf", Map.of("track", "inbound_track", "digit", String.valueOf(digit))));
    }

    @Override
    public Optional<String> goodbye() {
        var stop = Map.of("accountSid", Twilio.ACCOUNT, "callSid", sid);
        return Optional.of(message("stop", Map.of("stop", stop)));
    }

    private String message(String event, Map<String, Object> body) {
        var all = new LinkedHashMap<String, Object>();
        all.put("event", event);
        all.put("sequenceNumber", String.valueOf(++sequence));
        all.putAll(body);
        all.put("streamSid", stream);
        return Json.write(all);
    }

    @Override
    public Heard read(JsonNode message) {
        var event = message.path("event").asText();
        if (!message.path("streamSid").asText().equals(stream)) {
            return new Heard.Wrong(
                    event + " for stream '" + message.path("streamSid").asText() + "'");
        }
        return switch (event) {
            case "media" ->
                new Heard.Audio(message.path("media").path("payload").asText());
            case "mark" -> new Heard.Mark(message.path("mark").path("name").asText());
            case "clear" -> new Heard.Clear();
            default -> new Heard.Wrong("event '" + event + "'");
        };
    }

    @Override
    public Optional<String> answer(Heard heard) {
        if (!(heard instanceof Heard.Mark(var name))) return Optional.empty();
        return Optional.of(message("mark", Map.of("mark", Map.of("name", name))));
    }
}
