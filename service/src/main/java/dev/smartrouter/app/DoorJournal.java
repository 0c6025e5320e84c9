package dev.smartrouter.app;

import dev.smartrouter.auth.Refusals;
import dev.smartrouter.provider.WebhookChecks;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts who was turned away. What is tolerated is also logged, as somebody waits for it; what is refused may be a flood. */
final class DoorJournal implements Refusals, WebhookChecks {
    private static final Logger log = LoggerFactory.getLogger("dev.smartrouter.doors");

    private final RouterMetrics metrics;

    DoorJournal(RouterMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void refused(Reason reason) {
        metrics.apiRefusal(reason.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void checked(String provider, Outcome outcome) {
        metrics.webhookChecked(provider, outcome.name().toLowerCase(Locale.ROOT));
        if (outcome == Outcome.TOLERATED) {
            log.atWarn().addKeyValue("provider", provider).log("webhook without proof served");
        }
    }
}
