package dev.smartrouter.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.slf4j.event.KeyValuePair;

/** The line that each transition leaves in the log; written by a thread of its own. */
@State(Scope.Benchmark)
public class LogLineBenchmark {
    private final JsonLayout layout = new JsonLayout();
    private final ILoggingEvent event = event();

    public LogLineBenchmark() {
        layout.start();
    }

    private static ILoggingEvent event() {
        var event = new LoggingEvent(
                "", new LoggerContext().getLogger("dev.smartrouter.calls"), Level.INFO, "call allocated", null, null);
        event.setMDCPropertyMap(Map.of("request_id", "0f8fad5b-d9cb-469f-a165-70867728950e"));
        Map.of(
                        "call_sid",
                        "CA00112233445566778899aabbccddeeff",
                        "pod",
                        "voice-agent-7",
                        "pool",
                        "pool:gold",
                        "merchant",
                        "acme",
                        "provider",
                        "twilio")
                .forEach((name, value) -> event.addKeyValuePair(new KeyValuePair(name, value)));
        return event;
    }

    @Benchmark
    public String writeTheLine() {
        return layout.doLayout(event);
    }
}
