package dev.smartrouter.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.common.ConsoleAppenderFactory;
import io.dropwizard.logging.common.async.AsyncAppenderFactory;
import io.dropwizard.logging.common.filter.LevelFilterFactory;
import io.dropwizard.logging.common.layout.LayoutFactory;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes log lines to standard output, many with one write, from a thread of its own: after the first it waits for
 * others, for under load a write and a wake-up for each cost as much as the line. A line is late by at most some ms.
 * Who stalls its reader stalls no call: lines that find the queue full are lost.
 */
final class BatchedConsole extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final Duration GATHERS = Duration.ofMillis(5);
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private final Layout<ILoggingEvent> layout;
    private final PrintStream out;
    private final BlockingQueue<ILoggingEvent> queue;
    private final Thread writer = Thread.ofPlatform().name("log").daemon().unstarted(this::write);

    /** @param mostWaiting lines that may wait */
    BatchedConsole(Layout<ILoggingEvent> layout, PrintStream out, int mostWaiting) {
        this.layout = layout;
        this.out = out;
        this.queue = new ArrayBlockingQueue<>(mostWaiting);
    }

    @Override
    public void start() {
        writer.start();
        super.start();
    }

    /** Returns when what was logged before is written, or after a second. */
    @Override
    public void stop() {
        if (!isStarted()) return;
        super.stop();
        writer.interrupt();
        try {
            writer.join(LAST_LINES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        var unused = queue.offer(event);
    }

    private void write() {
        var batch = new ArrayList<ILoggingEvent>();
        try {
            while (true) {
                batch.add(queue.take());
                LockSupport.parkNanos(this, GATHERS.toNanos()); // not at all once it is interrupted
                write(batch);
            }
        } catch (InterruptedException e) {
            write(batch); // only stop() interrupts
        }
    }

    private void write(List<ILoggingEvent> batch) {
        queue.drainTo(batch);
        var lines = new StringBuilder();
        for (var event : batch) {
            try {
                lines.append(layout.doLayout(event));
            } catch (RuntimeException | StackOverflowError | LinkageError e) {
                addError("a line cannot be written; others can", e);
            }
        }
        batch.clear();
        out.writeBytes(lines.toString().getBytes(UTF_8));
        out.flush();
    }

    /**
     * {@code type: batched-console} in a Dropwizard configuration: a console on standard output, with its threshold, layout,
     * filters and queue size; other options do not concern it.
     */
    @JsonTypeName("batched-console")
    public static final class Factory extends ConsoleAppenderFactory<ILoggingEvent> {
        @Override
        public Appender<ILoggingEvent> build(
                LoggerContext context,
                String application,
                LayoutFactory<ILoggingEvent> layouts,
                LevelFilterFactory<ILoggingEvent> levels,
                AsyncAppenderFactory<ILoggingEvent> async) {
            var console = new BatchedConsole(buildLayout(context, layouts), System.out, getQueueSize());
            console.setName("console");
            console.setContext(context);
            console.addFilter(levels.build(threshold));
            getFilterFactories().forEach(filter -> console.addFilter(filter.build()));
            console.start();
            return console;
        }
    }
}
