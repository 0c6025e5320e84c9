package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

class LogLayoutTest {
    private static final String FORGED = "x\n{\"level\":\"ERROR\"}\r\u2028\u001b[31m\"";

    private final LoggerContext context = new LoggerContext();

    @Test
    void anEventIsOneLineOfJsonWithItsFields() throws Exception {
        var event = event(Level.INFO, "call released", null, Map.of("request_id", "r1", "call_sid", "another"));
        event.addKeyValuePair(new KeyValuePair("call_sid", "CA1"));
        event.addKeyValuePair(new KeyValuePair("duration_ms", 1234L));
        event.addKeyValuePair(new KeyValuePair("was_draining", false));
        event.addKeyValuePair(new KeyValuePair("merchant", null));
        var line = json().doLayout(event);
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n").containsOnlyOnce("call_sid");
        var read = new ObjectMapper().readTree(line);
        assertThat(read.path("time").textValue()).isEqualTo("2026-01-01T00:00:00.007Z");
        assertThat(read.path("level").textValue()).isEqualTo("INFO");
        assertThat(read.path("message").textValue()).isEqualTo("call released");
        assertThat(read.path("call_sid").textValue()).isEqualTo("CA1");
        assertThat(read.path("duration_ms").longValue()).isEqualTo(1234);
        assertThat(read.path("was_draining").isBoolean()).isTrue();
        assertThat(read.path("request_id").textValue()).isEqualTo("r1");
        assertThat(read.has("exception")).isFalse();
    }

    @Test
    void nobodyForgesALine() throws Exception {
        var event = event(Level.WARN, FORGED, null);
        event.addKeyValuePair(new KeyValuePair("reason", FORGED));
        var line = json().doLayout(event);
        assertThat(line.strip()).doesNotContainPattern("[\\p{Cntrl}\\u2028]");
        assertThat(new ObjectMapper().readTree(line).path("reason").textValue()).isEqualTo(FORGED);
        assertThat(text().doLayout(event).strip()).doesNotContainPattern("[\\p{Cntrl}\\u2028]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from +14155550100 to here",
                "From=%2B14155550100&To=x",
                "tel:+91 98765-43210",
                "redis://user:14155550100@host refused",
                "Authorization: Bearer 14155550100",
                "\"token\":\"14155550100\"",
                "?api_key=14155550100&x=1",
            })
    void noLineHoldsANumberOrASecret(String said) {
        var event = event(Level.WARN, said, new IllegalStateException(said));
        event.addKeyValuePair(new KeyValuePair("reason", said));
        assertThat(json().doLayout(event)).contains("***").doesNotContainPattern("4155550100|98765");
        assertThat(text().doLayout(event)).contains("***").doesNotContainPattern("4155550100|98765");
    }

    @Test
    void aBareNumberIsTakenForATelephonesOnlyWhereStrangersWrite() throws Exception {
        var event = event(Level.WARN, "leads with token number 1800000000000", null);
        event.addKeyValuePair(new KeyValuePair("call_sid", "14155550100"));
        event.addKeyValuePair(new KeyValuePair("reason", "14155550100 hung up"));
        var read = new ObjectMapper().readTree(json().doLayout(event));
        assertThat(read.path("message").textValue()).endsWith("1800000000000");
        assertThat(read.path("call_sid").textValue()).isEqualTo("14155550100");
        assertThat(read.path("reason").textValue()).isEqualTo("*** hung up");
    }

    @Test
    void anExceptionIsTold() throws Exception {
        var event = event(Level.ERROR, "failed", new IllegalStateException("because"));
        assertThat(new ObjectMapper()
                        .readTree(json().doLayout(event))
                        .path("exception")
                        .textValue())
                .contains("IllegalStateException: because", "LogLayoutTest");
        assertThat(text().doLayout(event)).contains("failed", "IllegalStateException: because");
    }

    @Test
    void aLineForPeopleHasTimeLevelLoggerMessageAndFields() {
        var event = event(Level.INFO, "pod drained", null);
        event.addKeyValuePair(new KeyValuePair("pod", "agent-0"));
        assertThat(text().doLayout(event)).isEqualTo("00:00:00.007 INFO  here: pod drained pod=agent-0\n");
    }

    private LoggingEvent event(Level level, String message, Throwable thrown) {
        return event(level, message, thrown, Map.of());
    }

    private LoggingEvent event(Level level, String message, Throwable thrown, Map<String, String> ofThread) {
        Logger logger = context.getLogger("somewhere.here");
        var event = new LoggingEvent(getClass().getName(), logger, level, message, thrown, null);
        event.setInstant(Instant.parse("2026-01-01T00:00:00.007Z"));
        event.setMDCPropertyMap(ofThread);
        return event;
    }

    private LayoutBase<ILoggingEvent> json() {
        return started(new JsonLayout.Factory().build(context, TimeZone.getTimeZone("UTC")));
    }

    private LayoutBase<ILoggingEvent> text() {
        return started(new TextLayout.Factory().build(context, TimeZone.getTimeZone("UTC")));
    }

    private static LayoutBase<ILoggingEvent> started(LayoutBase<ILoggingEvent> layout) {
        layout.start();
        return layout;
    }
}
