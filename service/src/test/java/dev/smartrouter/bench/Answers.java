package dev.smartrouter.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Reads of an HTTP answer no more than a benchmark must: its status, and where it ends. */
final class Answers {
    private static final byte[] LENGTH = "content-length: ".getBytes(US_ASCII);
    private static final int STATUS_AT = 9;

    private Answers() {}

    /** @param in as far as it has come, from 0 to its position; 0 if that is not all of it */
    static int status(ByteBuffer in) {
        var bytes = in.array();
        var end = in.position();
        var length = 0;
        for (int line = 0; ; ) {
            var next = line;
            while (next < end && bytes[next] != '\n') next++;
            if (next == end) return 0;
            if (next - line == 1) return end - next - 1 < length ? 0 : number(bytes, STATUS_AT);
            if (isLength(bytes, line, next)) length = number(bytes, line + LENGTH.length);
            line = next + 1;
        }
    }

    private static boolean isLength(byte[] bytes, int from, int to) {
        if (to - from < LENGTH.length) return false;
        for (int i = 0; i < LENGTH.length; i++) {
            if ((bytes[from + i] | 0x20) != (LENGTH[i] | 0x20)) return false;
        }
        return true;
    }

    private static int number(byte[] bytes, int from) {
        var number = 0;
        for (int i = from; bytes[i] >= '0' && bytes[i] <= '9'; i++) number = number * 10 + bytes[i] - '0';
        return number;
    }
}
