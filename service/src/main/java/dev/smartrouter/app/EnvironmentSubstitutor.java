package dev.smartrouter.app;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.Nullable;

/**
 * Puts environment variables into a configuration file: {@code "${NAME:-default}"}, in double quotes, wherever a text
 * may stand. As Dropwizard's EnvironmentVariableSubstitutor, except that an empty variable has its default, a value is
 * escaped (JSON as such is a fine value, and no value can add a line), nothing in a value is substituted again, and
 * the environment is given, so that a process can hold several routers.
 */
final class EnvironmentSubstitutor extends StringSubstitutor {
    EnvironmentSubstitutor(Map<String, String> environment) {
        super(name -> escaped(environment.get(name)));
        setDisableSubstitutionInValues(true);
    }

    private static @Nullable String escaped(@Nullable String value) {
        if (value == null || value.isBlank()) return null;
        return new String(JsonStringEncoder.getInstance().quoteAsString(value.strip()));
    }
}
