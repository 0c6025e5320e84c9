package dev.smartrouter.simulator.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Exotel's Voicebot socket: 16-bit PCM in larger pieces, and snake case. */
final class ExotelMedia implements MediaProtocol {
    /** 3,200 bytes: no piece of audio may be smaller, in either direction. */
    private static final Duration SHORTEST = Duration.ofMillis(200);

    private static final int LARGEST_BYTES = 100_000;
    private static final int STEP_BYTES = 320;

    private final CallPlan call;
    private final String stream;
    private long sequence;

    ExotelMedia(CallPlan call) {
        this.call = call;
        this.stream = Dice.hex(call.sid(), "stream", 32);
    }

    /** Rounded up to whole steps of 320 bytes, which hold 20 ms. */
    @Override
    public Duration frame(Duration asked) {
        var steps = (asked.toMillis() + 19) / 20;
        var whole = Duration.ofMillis(steps * 20);
        return whole.compareTo(SHORTEST) < 0 ? SHORTEST : whole;
    }

    @Override
    public int bytesPerMilli() {
        return 16;
    }

    @Override
    public List<String> hello() {
        var start = Map.of(
                "stream_sid", stream,
                "call_sid", call.sid(),
                "account_sid", Exotel.ACCOUNT,
                "from", Dice.phone("us", "from"),
                "to", Dice.phone(call.sid(), "to"),
                "custom_parameters", Map.of(),
                "media_format", Map.of("encoding", "audio/x-raw", "sample_rate", "8000", "bit_rate", "16"));
        return List.of(Json.write(Map.of("event", "connected")), message("start", Map.of("start", start)));
    }

    @Override
    public String audio(long frame, long millis, String payload) {
        return "{\"event\":\"media\",\"sequence_number\":\"" + ++sequence + "\",\"stream_sid\":\"" + stream
                + "\",\"media\":{\"chunk\":\"" + (frame + 1) + "\",\"timestamp\":\"" + millis + "\",\"payload\":\""
                + payload + "\"}}";
    }

    @Override
    public String key(char digit, long millis) {
        return message("dtmf", Map.of("dtmf", Map.of("digit", String.valueOf(digit), "duration", "100")));
    }

    @Override
    public Optional<String> goodbye() {
        var stop = Map.of("call_sid", call.sid(), "account_sid", Exotel.ACCOUNT, "reason", "callended");
        return Optional.of(message("stop", Map.of("stop", stop)));
    }

    private String message(String event, Map<String, Object> body) {
        var all = new LinkedHashMap<String, Object>();
        all.put("event", event);
        all.put("sequence_number", String.valueOf(++sequence));
        all.put("stream_sid", stream);
        all.putAll(body);
        return Json.write(all);
    }

    @Override
    public Heard read(JsonNode message) {
        var event = message.path("event").asText();
        if (!message.path("stream_sid").asText().equals(stream)) {
            return new Heard.Wrong(
                    event + " for stream '" + message.path("stream_sid").asText() + "'");
        }
        return switch (event) {
            case "media" -> audio(message.path("media").path("payload").asText());
            case "mark" -> new Heard.Mark(message.path("mark").path("name").asText());
            case "clear" -> new Heard.Clear();
            default -> new Heard.Wrong("event '" + event + "'");
        };
    }

    private static Heard audio(String payload) {
        var bytes = Audio.decodedLength(payload);
        var wide = bytes < SHORTEST.toMillis() * 16 || bytes > LARGEST_BYTES || bytes % STEP_BYTES != 0;
        return wide ? new Heard.Wrong(bytes + " bytes of audio in one piece") : new Heard.Audio(payload);
    }

    @Override
    public Optional<String> answer(Heard heard) {
        if (!(heard instanceof Heard.Mark(var name))) return Optional.empty();
        return Optional.of(message("mark", Map.of("mark", Map.of("name", name))));
    }
}
