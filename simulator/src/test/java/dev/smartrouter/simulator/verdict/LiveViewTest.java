package dev.smartrouter.simulator.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(seen, false, UTF_8);
    private final Tale tale = new Tale().at(0).pod("agent-0");

    @Test
    void whereNobodyCanDrawItIsALine() {
        new LiveView(out, 80, false).show(glance());
        assertThat(text()).isEqualTo("00:01:30  live 1  answered 1  refused 0  no promise broken\n");
    }

    @Test
    void onATerminalTheBlockIsDrawnOverItself() {
        var view = new LiveView(out, 80, true);
        view.show(glance());
        assertThat(text().lines().map(LiveViewTest::plain))
                .containsExactly(
                        "00:01:30  live 1  answered 1  refused 0  no promise broken",
                        "pool:gold            [##..] 2 of 4 free, 2 calls",
                        "pool:basic           [" + "#".repeat(15) + ".".repeat(15) + "] 100 of 200 free, 90 calls",
                        "  - redis flushed at 9.0 s",
                        "");
        seen.reset();
        view.show(glance());
        assertThat(text()).startsWith("\033[4F");
    }

    @Test
    void aBrokenPromiseIsToldAtOnceAndNoLineWraps() {
        tale.at(5).talks("CA1", "agent-0").at(6).talks("CA2", "agent-0");
        new LiveView(out, 60, true).show(glance());
        assertThat(text()).contains("BROKEN 1: two").contains("  ! two calls on one pod: agent-0 may");
        assertThat(text().lines().map(LiveViewTest::plain)).allMatch(line -> line.length() < 60);
    }

    private Glance glance() {
        tale.at(8).talks("CA9", "agent-9").at(9).tell(ledger -> ledger.happened("redis flushed"));
        var history = tale.at(9).ledger.history(false);
        var pools = List.of(
                new StoreSample.Pool("pool:gold", 4, 2, 2, 0), new StoreSample.Pool("pool:basic", 200, 100, 90, 0));
        return Glance.of(history, Judge.of(history, Tale.STRICT), pools, 10);
    }

    private String text() {
        return seen.toString(UTF_8);
    }

    private static String plain(String line) {
        return line.replaceAll("\033\\[[0-9]*[A-Z]", "");
    }
}
