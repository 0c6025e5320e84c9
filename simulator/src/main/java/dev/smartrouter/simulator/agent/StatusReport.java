package dev.smartrouter.simulator.agent;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A provider's status callback, as a form.
 *
 * @param over whether the call has ended by this
 */
record StatusReport(String sid, String status, boolean over) {
    private static final Map<String, Fields> FIELDS = Map.of(
            "twilio",
            new Fields("CallSid", "CallStatus", Set.of("completed", "busy", "no-answer", "failed", "canceled")),
            "plivo",
            new Fields(
                    "CallUUID", "CallStatus", Set.of("completed", "busy", "failed", "timeout", "no-answer", "cancel")),
            "exotel",
            new Fields("CallSid", "Status", Set.of("completed", "failed", "busy", "no-answer")));

    private record Fields(String sid, String status, Set<String> terminal) {}

    /** @return empty if there is no such provider, or a field is missing */
    static Optional<StatusReport> read(String provider, String form) {
        var fields = FIELDS.get(provider);
        if (fields == null) return Optional.empty();
        var values = values(form);
        var sid = values.getOrDefault(fields.sid, "");
        var status = values.getOrDefault(fields.status, "");
        if (sid.isEmpty() || status.isEmpty()) return Optional.empty();
        return Optional.of(new StatusReport(sid, status, fields.terminal.contains(status)));
    }

    private static Map<String, String> values(String form) {
        var values = new HashMap<String, String>();
        for (var pair : form.split("&", -1)) {
            var at = pair.indexOf('=');
            if (at > 0) values.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
        }
        return values;
    }

    /** What cannot be decoded is as good as missing. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
