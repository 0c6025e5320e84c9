package dev.smartrouter.simulator.agent;

import java.time.Duration;

/** What an agent says. */
public sealed interface Speech {
    /** Every frame it hears, unchanged, as soon as it hears it. */
    record Echo() implements Speech {}

    /**
     * The same words to everybody from {@code start} on, whatever it hears, in time with one metronome.
     *
     * @param frame how much sound goes into one message, in whole steps of 20 ms. Exotel takes chunks of 320 bytes and
     *     no fewer than ten at once, so its calls get 200 ms each unless this is more
     */
    record Canned(Duration frame) implements Speech {
        public Canned {
            if (frame.toMillis() < 20 || frame.toMillis() % 20 != 0) {
                throw new IllegalArgumentException("a frame must last a multiple of 20 ms, not " + frame);
            }
        }
    }
}
