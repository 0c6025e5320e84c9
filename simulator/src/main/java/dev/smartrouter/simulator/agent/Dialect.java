package dev.smartrouter.simulator.agent;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/**
 * How an agent talks to each provider on a media socket. Streams and names are given as JSON strings, quotes included,
 * and payloads in base64, so that nothing is left to escape.
 */
enum Dialect {
    /** mu-law at 8 kHz. */
    TWILIO(8, (byte) 0xFF) {
        @Override
        String audio(String stream, String payload) {
            return "{\"event\":\"media\",\"streamSid\":" + stream + ",\"media\":{\"payload\":\"" + payload + "\"}}";
        }

        @Override
        String mark(String stream, String name) {
            return "{\"event\":\"mark\",\"streamSid\":" + stream + ",\"mark\":{\"name\":" + name + "}}";
        }

        @Override
        String clear(String stream) {
            return "{\"event\":\"clear\",\"streamSid\":" + stream + "}";
        }
    },
    /** mu-law at 8 kHz, as our markup asks for. */
    PLIVO(8, (byte) 0xFF) {
        @Override
        String audio(String stream, String payload) {
            return "{\"event\":\"playAudio\",\"media\":{\"contentType\":\"audio/x-mulaw\",\"sampleRate\":8000,\"payload\":\""
                    + payload + "\"}}";
        }

        @Override
        String mark(String stream, String name) {
            return "{\"event\":\"checkpoint\",\"streamId\":" + stream + ",\"name\":" + name + "}";
        }

        @Override
        String clear(String stream) {
            return "{\"event\":\"clearAudio\",\"streamId\":" + stream + "}";
        }
    },
    /** 16-bit PCM at 8 kHz. */
    EXOTEL(16, (byte) 0) {
        @Override
        String audio(String stream, String payload) {
            return "{\"event\":\"media\",\"stream_sid\":" + stream + ",\"media\":{\"payload\":\"" + payload + "\"}}";
        }

        @Override
        String mark(String stream, String name) {
            return "{\"event\":\"mark\",\"stream_sid\":" + stream + ",\"mark\":{\"name\":" + name + "}}";
        }

        @Override
        String clear(String stream) {
            return "{\"event\":\"clear\",\"stream_sid\":" + stream + "}";
        }

        @Override
        Duration frame(Duration wanted) {
            return wanted.compareTo(EXOTELS_LEAST) < 0 ? EXOTELS_LEAST : wanted;
        }
    };

    /** 3,200 bytes. */
    private static final Duration EXOTELS_LEAST = Duration.ofMillis(200);

    private final int bytesPerMillisecond;
    private final byte silence;

    Dialect(int bytesPerMillisecond, byte silence) {
        this.bytesPerMillisecond = bytesPerMillisecond;
        this.silence = silence;
    }

    abstract String audio(String stream, String payload);

    /** Asks to be told when all the sound before it has been played. */
    abstract String mark(String stream, String name);

    /** Asks to drop what has not been played yet. */
    abstract String clear(String stream);

    /** How much sound goes into one message of an agent that wants to send so much. */
    Duration frame(Duration wanted) {
        return wanted;
    }

    /** A payload of sound that lasts so long: a click, and then silence. */
    String words(Duration length) {
        var sound = new byte[Math.toIntExact(length.toMillis() * bytesPerMillisecond)];
        Arrays.fill(sound, silence);
        sound[0] = 0x40;
        return Base64.getEncoder().encodeToString(sound);
    }
}
