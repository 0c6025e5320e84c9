package dev.smartrouter.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Dropwizard's own configuration (server, logging, admin), and our settings by the names of their variables. */
public final class SmartRouterConfiguration extends Configuration {
    private Map<String, @Nullable String> settings = Map.of();

    @JsonProperty("settings")
    public void setSettings(Map<String, @Nullable String> settings) {
        this.settings = settings;
    }

    /** The variables that the configuration speaks of. */
    Set<String> names() {
        return settings.keySet();
    }

    /** @throws InvalidSettingException if they are not such that a router could serve */
    Settings settings() {
        var texts = new HashMap<String, String>();
        settings.forEach((name, text) -> texts.put(name, text == null ? "" : text));
        return Settings.of(texts);
    }
}
