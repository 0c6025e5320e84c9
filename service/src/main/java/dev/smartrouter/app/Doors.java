package dev.smartrouter.app;

import dev.smartrouter.auth.ApiAuth;
import dev.smartrouter.auth.ApiKeys;
import dev.smartrouter.auth.ApiKeysFile;
import dev.smartrouter.auth.AuthMode;
import dev.smartrouter.auth.Doorkeeper;
import dev.smartrouter.auth.Rules;
import dev.smartrouter.provider.WebhookAuth;
import dev.smartrouter.provider.WebhookMode;
import dev.smartrouter.provider.WebhookTrust;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is let in, on both ports; and, at the start, a word about the doors that stand open. */
final class Doors {
    private static final Logger log = LoggerFactory.getLogger(Doors.class);
    private static final Duration KEYS_INTERVAL = Duration.ofSeconds(5);

    private Doors() {}

    /** @throws InvalidSettingException if the file of keys is none */
    static void guard(Environment environment, Settings settings, RouterMetrics metrics, Loops loops) {
        var journal = new DoorJournal(metrics);
        var doorkeeper = new Doorkeeper(settings.access().mode(), keys(settings.access(), loops));
        every(environment.servlets().addFilter("api keys", new ApiAuth(Rules.API, doorkeeper, journal)));
        every(environment.servlets().addFilter("webhooks", new WebhookAuth(settings.webhooks(), journal)));
        every(environment.admin().addFilter("admin keys", new ApiAuth(Rules.ADMIN, doorkeeper, journal)));
        warn(settings);
    }

    private static void every(FilterRegistration filter) {
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private static Supplier<ApiKeys> keys(Settings.Access access, Loops loops) {
        if (access.keysFile().isEmpty()) return access::keys;
        try {
            var file = new ApiKeysFile(access.keysFile().get(), access.keys());
            loops.runs("api-keys", KEYS_INTERVAL, file::tick);
            return file;
        } catch (IllegalArgumentException e) {
            throw Variables.API_KEYS_FILE.refusal(access.keysFile().get(), String.valueOf(e.getMessage()));
        }
    }

    private static void warn(Settings settings) {
        var access = settings.access();
        if (access.mode() == AuthMode.OFF) {
            log.warn("the API serves whoever reaches it: AUTH_MODE is off");
        } else if (access.keys().isEmpty() && access.keysFile().isEmpty()) {
            log.warn("the API serves whoever calls from this machine or a private network: API_KEYS is not set");
        }
        var webhooks = settings.webhooks();
        warn("webhooks of {} are served whoever sends them", provider -> webhooks.mode(provider) == WebhookMode.OFF);
        warn(
                "webhooks of {} are all refused: nothing is set that could prove them",
                provider -> webhooks.mode(provider) == WebhookMode.ENFORCE && !webhooks.isProvable(provider));
    }

    private static void warn(String words, Predicate<String> whom) {
        var some = WebhookTrust.PROVIDERS.stream().filter(whom).collect(Collectors.joining(", "));
        if (!some.isEmpty()) log.warn(words, some);
    }
}
