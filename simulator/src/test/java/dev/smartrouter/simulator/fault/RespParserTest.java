package dev.smartrouter.simulator.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PING\r\n",
                "+OK\r\n",
                "-ERR no -1 such $5 thing\r\n",
                ":-42\r\n",
                "$0\r\n\r\n",
                "$5\r\na\r\n$b\r\n",
                "$-1\r\n",
                "*-1\r\n",
                "*0\r\n",
                "*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n",
                "*3\r\n*2\r\n:1\r\n$-1\r\n*0\r\n+x\r\n",
                "%2\r\n+a\r\n:1\r\n+b\r\n*1\r\n:2\r\n",
                "~1\r\n#t\r\n",
                "|1\r\n+ttl\r\n:3600\r\n:7\r\n",
                "*2\r\n|1\r\n+ttl\r\n:3600\r\n:7\r\n:8\r\n",
                "_\r\n",
                ",3.25\r\n",
                "(3492890328409238509324850943850943825024385\r\n",
                "=7\r\ntxt:a\nb\r\n"
            })
    void aMessageEndsWhereItEndsHoweverItIsCut(String message) {
        var twice = (message + message).getBytes(UTF_8);
        for (var piece = 1; piece <= twice.length; piece++) {
            assertThat(ends(twice, piece)).as("in pieces of " + piece).containsExactly(message.length(), twice.length);
        }
    }

    @Test
    void whatIsPushedUnaskedIsKnownAsSuch() {
        var parser = new RespParser();
        var bytes = ">2\r\n+invalidate\r\n*0\r\n+OK\r\n".getBytes(UTF_8);
        var end = parser.take(bytes, 0, bytes.length);
        assertThat(parser.wasPush()).isTrue();
        assertThat(parser.take(bytes, end, bytes.length)).isEqualTo(bytes.length);
        assertThat(parser.wasPush()).isFalse();
    }

    private static List<Integer> ends(byte[] bytes, int piece) {
        var parser = new RespParser();
        var ends = new ArrayList<Integer>();
        for (var from = 0; from < bytes.length; from += piece) {
            var to = Math.min(bytes.length, from + piece);
            for (var at = from; at < to; ) {
                at = parser.take(bytes, at, to);
                if (parser.isBetween()) ends.add(at);
            }
        }
        return ends;
    }
}
