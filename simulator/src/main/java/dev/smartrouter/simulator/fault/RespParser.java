package dev.smartrouter.simulator.fault;

/**
 * Finds where messages of Redis's protocol end, versions 2 and 3, inline commands included; fed in pieces of any size.
 * Source: https://redis.io/docs/latest/develop/reference/protocol-spec/; the streamed types, which no Redis sends, are
 * left out.
 */
final class RespParser {
    private static final byte NONE = 0;

    /** Values that are still to come before the message is complete. */
    private long values;

    /** Bytes of the value being read that nobody needs to look at. */
    private long skip;

    /** What the line being read announces: its first character. */
    private byte type = NONE;

    private long number;
    private boolean negative;
    private boolean push;

    /** True if the next byte begins a message. */
    boolean isBetween() {
        return values == 0;
    }

    /** True if the last message was one that the server sent unasked. */
    boolean wasPush() {
        return push;
    }

    /** @return where in [from, to) the message ends; {@code to} also if it goes on from there */
    int take(byte[] bytes, int from, int to) {
        var at = from;
        while (at < to) {
            if (skip > 0) {
                var step = (int) Math.min(skip, to - at);
                at += step;
                skip -= step;
                if (skip == 0) values--;
            } else {
                read(bytes[at++]);
            }
            if (values == 0) return at;
        }
        return to;
    }

    private void read(byte character) {
        if (type == NONE) {
            type = character;
            number = 0;
            negative = false;
            if (values == 0) {
                values = 1;
                push = character == '>';
            }
        } else if (character == '\n') {
            endLine();
            type = NONE;
        } else if (character == '-') {
            negative = true;
        } else if (character >= '0' && character <= '9') {
            number = number * 10 + (character - '0');
        }
    }

    private void endLine() {
        switch (type) {
            case '$', '!', '=' -> {
                if (negative) values--;
                else skip = number + 2; // and its line break
            }
            case '*', '~', '>' -> values += (negative ? 0 : number) - 1;
            case '%' -> values += 2 * number - 1;
            case '|' -> values += 2 * number; // what it describes is still to come
            default -> values--;
        }
    }
}
