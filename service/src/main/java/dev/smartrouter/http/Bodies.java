package dev.smartrouter.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Request bodies, never more of them than fits a call's business. */
public final class Bodies {
    /** 16 KiB; a webhook has 1 or 2. */
    public static final int MOST_BYTES = 16 * 1024;

    private static final int USUAL_BYTES = 512;

    private Bodies() {}

    /**
     * The whole body, decompressed if it came compressed; empty if there is none.
     *
     * @throws Refusal 413 if it is larger than {@link #MOST_BYTES}, 400 if it breaks off or cannot be decompressed
     */
    public static byte[] read(InputStream body) {
        return read(body, MOST_BYTES);
    }

    /** The same with another bound, for what is larger than a call's business. */
    public static byte[] read(InputStream body, int mostBytes) {
        var bytes = new byte[USUAL_BYTES]; // a buffer for what it may be at most would cost more than the rest
        var length = 0;
        try {
            for (int some; length <= mostBytes && (some = body.read(bytes, length, bytes.length - length)) >= 0; ) {
                length += some;
                if (length == bytes.length) bytes = Arrays.copyOf(bytes, 2 * length);
            }
        } catch (IOException | RuntimeException e) {
            // Jetty throws the one or the other, by what is wrong with the stream
            throw Refusal.invalidBody();
        }
        if (length > mostBytes) throw Refusal.tooLarge(mostBytes);
        return Arrays.copyOf(bytes, length);
    }
}
