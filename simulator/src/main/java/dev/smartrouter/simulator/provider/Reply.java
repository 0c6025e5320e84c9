package dev.smartrouter.simulator.provider;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What came of a request. */
sealed interface Reply {
    /** @param type the content type as it was given; empty if there was none */
    record Came(int status, String type, byte[] body) implements Reply {
        static Came of(int status, String type, String body) {
            return new Came(status, type, body.getBytes(StandardCharsets.UTF_8));
        }

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Whether the type is one of these, in UTF-8 if it says in what. */
        boolean is(String... types) {
            var parts = type.toLowerCase(Locale.ROOT).split(";", 2);
            if (parts.length == 2 && parts[1].contains("charset=") && !parts[1].matches(".*charset=\"?utf-8\"?.*")) {
                return false;
            }
            return List.of(types).contains(parts[0].strip());
        }
    }

    /** No connection, or no answer in time, or one that broke off. */
    record Lost(String why) implements Reply {}
}
