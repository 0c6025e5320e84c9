package dev.smartrouter.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.TimeZone;

/**
 * One line of JSON for each event: {@code time level logger thread message}, then the event's own fields and those of
 * its thread at the same depth, then {@code exception}. What anybody wrote into a value stays inside its quotes,
 * and {@link Redaction} leaves no number or secret in it.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final ThrowableProxyConverter throwables = new ThrowableProxyConverter();

    @Override
    public void start() {
        throwables.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringWriter(256);
        try (var json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
            json.writeStringField("level", event.getLevel().toString());
            json.writeStringField("logger", event.getLoggerName());
            json.writeStringField("thread", event.getThreadName());
            json.writeStringField("message", Redaction.of(event.getFormattedMessage()));
            writeFields(event, json);
            if (event.getThrowableProxy() != null) {
                json.writeStringField("exception", Redaction.of(throwables.convert(event)));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.append('\n').toString();
    }

    private static void writeFields(ILoggingEvent event, JsonGenerator json) throws IOException {
        for (var field : fields(event).entrySet()) {
            switch (field.getValue()) {
                case Integer number -> json.writeNumberField(field.getKey(), number);
                case Long number -> json.writeNumberField(field.getKey(), number);
                case Boolean flag -> json.writeBooleanField(field.getKey(), flag);
                case Object other -> json.writeStringField(field.getKey(), other.toString());
            }
        }
    }

    /** The event's own fields, then those of its thread; one of each name. */
    static LinkedHashMap<String, Object> fields(ILoggingEvent event) {
        var fields = new LinkedHashMap<String, Object>();
        if (event.getKeyValuePairs() != null) {
            for (var pair : event.getKeyValuePairs()) {
                Object value = pair.value;
                var isBare = value instanceof Number || value instanceof Boolean;
                fields.put(pair.key, isBare ? value : Redaction.of(pair.key, String.valueOf(value)));
            }
        }
        event.getMDCPropertyMap().forEach((name, value) -> fields.putIfAbsent(name, Redaction.of(name, value)));
        return fields;
    }

    /** {@code layout: {type: json}} in a Dropwizard configuration. */
    @JsonTypeName("json")
    public static final class Factory implements DiscoverableLayoutFactory<ILoggingEvent> {
        @Override
        public LayoutBase<ILoggingEvent> build(LoggerContext context, TimeZone timeZone) {
            var layout = new JsonLayout();
            layout.setContext(context);
            return layout;
        }
    }
}
