package dev.smartrouter.simulator.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plivo's audio streams: mu-law, numbers as numbers, and words of its own for what the agent sends. */
final class PlivoMedia implements MediaProtocol {
    private final String stream;
    private final String sid;
    private long sequence;

    PlivoMedia(String stream, String sid) {
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
                "callId",
                sid,
                "streamId",
                stream,
                "accountId",
                Plivo.ACCOUNT,
                "tracks",
                List.of("inbound"),
                "mediaFormat",
                Map.of("encoding", "audio/x-mulaw", "sampleRate", 8000));
        return List.of(message("start", Map.of("start", start, "extra_headers", "{}")));
    }

    @Override
    public String audio(long frame, long millis, String payload) {
        return "{\"sequenceNumber\":" + ++sequence + ",\"streamId\":\"" + stream
                + "\",\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"" + millis + "\",\"chunk\":"
                + (frame + 1) + ",\"payload\":\"" + payload + "\"},\"extra_headers\":\"{}\"}";
    }

    @Override
    public String key(char digit, long millis) {
        var dtmf = Map.of("track", "inbound", "digit", String.valueOf(digit), "timestamp", String.valueOf(millis));
        return message("dtmf", Map.of("streamId", stream, "dtmf", dtmf));
    }

    /** None is documented. */
    @Override
    public Optional<String> goodbye() {
        return Optional.empty();
    }

    private String message(String event, Map<String, Object> body) {
        var all = new LinkedHashMap<String, Object>();
        all.put("sequenceNumber", ++sequence);
        all.put("event", event);
        all.putAll(body);
        return Json.write(all);
    }

    @Override
    public Heard read(JsonNode message) {
        var event = message.path("event").asText();
        if (event.equals("playAudio")) return audio(message.path("media"));
        if (!message.path("streamId").asText().equals(stream)) {
            return new Heard.Wrong(
                    event + " for stream '" + message.path("streamId").asText() + "'");
        }
        return switch (event) {
            case "checkpoint" -> new Heard.Mark(message.path("name").asText());
            case "clearAudio" -> new Heard.Clear();
            default -> new Heard.Wrong("event '" + event + "'");
        };
    }

    private static Heard audio(JsonNode media) {
        var type = media.path("contentType").asText();
        var rate = media.path("sampleRate").asInt();
        if (!type.equals("audio/x-mulaw") || rate != 8000) return new Heard.Wrong("audio of " + type + " at " + rate);
        return new Heard.Audio(media.path("payload").asText());
    }

    @Override
    public Optional<String> answer(Heard heard) {
        return switch (heard) {
            case Heard.Mark(var name) -> Optional.of(message("playedStream", Map.of("streamId", stream, "name", name)));
            case Heard.Clear() -> Optional.of(message("clearedAudio", Map.of("streamId", stream)));
            default -> Optional.empty();
        };
    }
}
