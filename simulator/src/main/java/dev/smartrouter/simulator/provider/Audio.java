package dev.smartrouter.simulator.provider;

import java.util.Base64;

/**
 * The voice of one caller: frames in base64 that say whose they are and which, so that an echo can be told from an
 * agent's own words, and from another caller's voice. A frame is a mark (3 bytes), the caller (6), the frame's number
 * (3, modulo 2^24) and noise, the same in every frame: all but the number is encoded once.
 */
final class Audio {
    private static final String MARK = "7A4v"; // no silence, no tone, and not what text looks like
    private static final int NUMBER_AT = 12;
    private static final int NOISE_AT = 16;
    private static final int NUMBERS = 1 << 24;
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final String head;
    private final String noise;

    /** @param bytes of a frame, at least 12 */
    Audio(String sid, int bytes) {
        var bits = Dice.bits(sid, "voice");
        var voice = new byte[bytes - 3];
        for (var i = 0; i < voice.length; i++) voice[i] = (byte) (bits >>> (i * 7 % 57));
        var encoded = Base64.getEncoder().encodeToString(voice);
        head = MARK + encoded.substring(0, NUMBER_AT - MARK.length());
        noise = encoded.substring(NOISE_AT - MARK.length());
    }

    String frame(long number) {
        var n = (int) (number % NUMBERS);
        return head
                + DIGITS.charAt(n >>> 18)
                + DIGITS.charAt(n >>> 12 & 63)
                + DIGITS.charAt(n >>> 6 & 63)
                + DIGITS.charAt(n & 63)
                + noise;
    }

    /** What a frame that came back is. */
    enum Kind {
        /** A frame of this caller's, whole. */
        ECHO,
        /** What no caller said. */
        AGENTS_OWN,
        /** The voice of another caller. */
        ANOTHERS,
        /** This caller's, changed on the way. */
        DAMAGED
    }

    Kind kindOf(String payload) {
        if (!payload.startsWith(MARK)) return Kind.AGENTS_OWN;
        if (!payload.startsWith(head)) return Kind.ANOTHERS;
        return payload.startsWith(noise, NOISE_AT) && payload.length() == NOISE_AT + noise.length()
                ? Kind.ECHO
                : Kind.DAMAGED;
    }

    /** Of an echo: the number of its frame, modulo 2^24. */
    static int numberOf(String echo) {
        var n = 0;
        for (var i = NUMBER_AT; i < NOISE_AT; i++) n = n << 6 | DIGITS.indexOf(echo.charAt(i));
        return n;
    }

    /**
     * How many frames ago that one was the newest, of all those sent; 1 for the newest.
     *
     * @param sent how many frames there were
     */
    static int framesSince(int number, long sent) {
        return Math.floorMod(sent - number - 1, NUMBERS) + 1;
    }

    /** Of base64 with its padding: the bytes that it holds. */
    static int decodedLength(String base64) {
        var padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4 * 3 - padding;
    }
}
