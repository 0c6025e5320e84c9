package dev.smartrouter.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Request bodies, never more of them than fits a call's business. */
public final class Bodies {
    /** 16 KiB; a webhook has 1 or 2. */
    public static final int MOST_BYTES = 16 * 1024;

    private static final int USUAL_BYTES = 2 * 1024;

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
        byte[] bytes;
        try {
            bytes = body.readNBytes(USUAL_BYTES); // a buffer for what it may be at most would cost more than the rest
            if (bytes.length == USUAL_BYTES) bytes = more(bytes, body, mostBytes);
        } catch (IOException | RuntimeException e) {
            // Jetty throws the one or the other, by what is wrong with the stream
            throw Refusal.invalidBody();
        }
        if (bytes.length > mostBytes) throw Refusal.tooLarge(mostBytes);
        return bytes;
    }

    private static byte[] more(byte[] begun, InputStream body, int mostBytes) throws IOException {
        var whole = new ByteArrayOutputStream(2 * begun.length);
        whole.write(begun);
        whole.write(body.readNBytes(mostBytes + 1 - begun.length));
        return whole.toByteArray();
    }
}
