package dev.smartrouter.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchedConsoleTest {
    private static final String UNREADABLE = "unreadable";

    private final LoggerContext context = new LoggerContext();
    private final Sink sink = new Sink();

    @Test
    void manyLinesTakeFewWritesAndKeepTheirOrder() {
        var console = console(10_000);
        for (int i = 0; i < 1_000; i++) console.doAppend(event("line " + i));
        var all = IntStream.range(0, 1_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        await().until(() -> sink.toString().length() >= all.length());
        assertThat(sink.toString()).isEqualTo(all);
        assertThat(sink.writes).isLessThan(200);
        console.stop();
    }

    @Test
    void aLineAloneIsNotKeptWaiting() {
        var console = console(10);
        console.doAppend(event("alone"));
        await().untilAsserted(() -> assertThat(sink.toString()).isEqualTo("alone\n"));
        console.stop();
    }

    @Test
    void whatWasLoggedBeforeTheStopIsWritten() {
        var console = console(10_000);
        for (int i = 0; i < 5_000; i++) console.doAppend(event("x"));
        console.stop();
        assertThat(sink.toString()).hasSize(10_000);
    }

    @Test
    void soIsWhatWasLoggedDuringTheLastWrite() throws Exception {
        sink.stalled = new CountDownLatch(1);
        var console = console(10);
        console.doAppend(event("first"));
        await().until(() -> sink.writing);
        console.doAppend(event("last"));
        var stop = Thread.ofPlatform().start(console::stop);
        await().until(() -> !console.isStarted());
        sink.stalled.countDown();
        stop.join();
        assertThat(sink).hasToString("first\nlast\n");
    }

    @Test
    void aReaderThatStallsHoldsNobodyUp() throws Exception {
        sink.stalled = new CountDownLatch(1);
        var console = console(100);
        for (int i = 0; i < 100_000; i++) console.doAppend(event("x")); // returns, or the test does not
        sink.stalled.countDown();
        console.stop();
        assertThat(sink.toString().length()).isBetween(2, 2_000);
    }

    @Test
    void aLineThatCannotBeWrittenTakesNoOtherWithIt() {
        var console = console(10);
        console.doAppend(event("before"));
        console.doAppend(event(UNREADABLE));
        console.doAppend(event("after"));
        console.stop();
        assertThat(sink).hasToString("before\nafter\n");
    }

    private BatchedConsole console(int mostWaiting) {
        var layout = new LayoutBase<ILoggingEvent>() {
            @Override
            public String doLayout(ILoggingEvent event) {
                if (event.getMessage().equals(UNREADABLE)) throw new IllegalStateException("as the test wants it");
                return event.getMessage() + "\n";
            }
        };
        var console = new BatchedConsole(layout, new PrintStream(sink, false, UTF_8), mostWaiting);
        console.setContext(context);
        console.start();
        return console;
    }

    private LoggingEvent event(String message) {
        var event = new LoggingEvent(getClass().getName(), context.getLogger("here"), Level.INFO, message, null, null);
        event.setMDCPropertyMap(Map.of());
        return event;
    }

    /** What came, and in how many writes. */
    private static final class Sink extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private CountDownLatch stalled = new CountDownLatch(0);
        private volatile boolean writing;
        private int writes;

        @Override
        public void write(int one) {
            throw new UnsupportedOperationException("nobody writes bytes one by one");
        }

        @Override
        public void write(byte[] some, int from, int length) {
            writing = true;
            while (stalled.getCount() > 0) Thread.onSpinWait(); // as a pipe, no interrupt moves it
            synchronized (this) {
                bytes.write(some, from, length);
                writes++;
            }
        }

        @Override
        public synchronized String toString() {
            return bytes.toString(UTF_8);
        }
    }
}
