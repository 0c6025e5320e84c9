package dev.smartrouter.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.TimeZone;

/** One line for people: time, level, logger, message, fields. Control characters in it are shown as question marks. */
final class TextLayout extends LayoutBase<ILoggingEvent> {
    private final DateTimeFormatter time;
    private final ThrowableProxyConverter throwables = new ThrowableProxyConverter();

    TextLayout(ZoneId zone) {
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
    }

    @Override
    public void start() {
        throwables.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(160)
                .append(time.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(' ')
                .append(String.format("%-5s", event.getLevel()))
                .append(' ')
                .append(event.getLoggerName().replaceAll(".*\\.", ""))
                .append(": ")
                .append(Redaction.of(event.getFormattedMessage()));
        JsonLayout.fields(event)
                .forEach((name, value) ->
                        line.append(' ').append(name).append('=').append(value));
        var oneLine = line.toString().replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?") + "\n";
        return event.getThrowableProxy() == null ? oneLine : oneLine + Redaction.of(throwables.convert(event));
    }

    /** {@code layout: {type: text}} in a Dropwizard configuration. */
    @JsonTypeName("text")
    public static final class Factory implements DiscoverableLayoutFactory<ILoggingEvent> {
        @Override
        public LayoutBase<ILoggingEvent> build(LoggerContext context, TimeZone timeZone) {
            var layout = new TextLayout(timeZone.toZoneId());
            layout.setContext(context);
            return layout;
        }
    }
}
