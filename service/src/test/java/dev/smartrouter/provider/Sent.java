package dev.smartrouter.provider;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Webhooks as a test sends them. */
final class Sent {
    static final String PATH = "/agent/voice/breeze-buddy/twilio/callback/hello";

    private Sent() {}

    static SentWebhook get(String target, Map<String, String> headers) {
        return of(false, target, "", headers);
    }

    static SentWebhook post(String target, String body, Map<String, String> headers) {
        return of(true, target, body, headers);
    }

    private static SentWebhook of(boolean isPost, String target, String body, Map<String, String> headers) {
        var parts = target.split("\\?", 2);
        return new SentWebhook(
                isPost,
                parts[0],
                parts.length > 1 ? parts[1] : null,
                body.getBytes(StandardCharsets.UTF_8),
                headers.getOrDefault("from", "203.0.113.7"),
                new HashMap<>(headers)::get);
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
