package dev.smartrouter.simulator.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a provider and an agent say to each other on the socket of one call; the messages of one call are numbered, so
 * its methods are called by one thread at a time. Facts from the providers' pages on media streams.
 */
interface MediaProtocol {
    /** @param asked the time a frame should hold; @return the time that it will */
    Duration frame(Duration asked);

    /** Bytes of audio that a millisecond takes. */
    int bytesPerMilli();

    /** Sent as soon as the socket is open. */
    List<String> hello();

    /**
     * A frame of the caller's voice.
     *
     * @param frame its number, from 0
     * @param millis since the stream began
     * @param payload in base64
     */
    String audio(long frame, long millis, String payload);

    /** The caller pressed a key. */
    String key(char digit, long millis);

    /** Sent before the socket closes, if this provider says anything then. */
    Optional<String> goodbye();

    /** Reads what the agent said. */
    Heard read(JsonNode message);

    /** What the agent is told when it has been heard; audio plays in no time. */
    default Optional<String> answer(Heard heard) {
        return Optional.empty();
    }

    /** What an agent said. */
    sealed interface Heard {
        record Audio(String payload) implements Heard {}

        /** Tell me when all that I sent so far has been played. */
        record Mark(String name) implements Heard {}

        /** Throw away what has not been played. */
        record Clear() implements Heard {}

        /** Nothing that this provider understands. */
        record Wrong(String why) implements Heard {}
    }
}
