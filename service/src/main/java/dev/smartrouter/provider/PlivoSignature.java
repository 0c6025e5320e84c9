package dev.smartrouter.provider;

import dev.smartrouter.auth.Hmac;
import dev.smartrouter.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plivo's {@code X-Plivo-Signature-V3}: HMAC-SHA256 of the URL with its query sorted and decoded, the form's keys and values
 * in the order of the keys, and a nonce; a full stop before each. Facts from its page on signature validation and its
 * SDKs. Where these differ, each one's reading is accepted: a port said or unsaid, a path decoded or not, a POST without
 * a form with and without its full stop. Version 2 leaves out query and form, and is not accepted.
 */
final class PlivoSignature implements Proof {
    private static final String HEADER = "X-Plivo-Signature-V3";
    private static final String NONCE = HEADER + "-Nonce";
    /** Of each account's token; more than these nobody sends. */
    private static final int MOST_SIGNATURES = 8;

    private final List<String> bases;
    private final Keyring<Hmac> tokens;

    PlivoSignature(PublicUrl url, Keyring<Secret> tokens) {
        this.bases = url.forms();
        this.tokens = tokens.map(Hmac::sha256);
    }

    @Override
    public boolean holds(SentWebhook webhook) {
        var signatures = Arrays.stream(webhook.header(HEADER).split(",", MOST_SIGNATURES + 1))
                .limit(MOST_SIGNATURES)
                .map(String::strip)
                .filter(signature -> !signature.isEmpty())
                .map(signature -> signature.getBytes(StandardCharsets.UTF_8))
                .toList();
        var nonce = webhook.header(NONCE);
        if (signatures.isEmpty() || nonce.isEmpty()) return false;
        var holds = false;
        for (var token : tokens.of(tokens.hasMerchants() ? webhook.merchant() : Optional.empty())) {
            for (var signed : readings(webhook)) {
                var right = Base64.getEncoder().encode(token.of(signed + "." + nonce));
                for (var signature : signatures) holds |= MessageDigest.isEqual(signature, right);
            }
        }
        return holds;
    }

    private Set<String> readings(SentWebhook webhook) {
        var query = joined(webhook.rawQuery(), "=", "&");
        var form = webhook.isPost() ? joined(webhook.text(), "", "") : "";
        var readings = new LinkedHashSet<String>();
        for (var base : bases) {
            for (var path : List.of(webhook.path(), Form.decode(webhook.path()))) {
                var url = base + path;
                if (!form.isEmpty()) {
                    readings.add(url + "?" + query + (query.isEmpty() ? "" : ".") + form);
                    continue;
                }
                readings.add(query.isEmpty() ? url : url + "?" + query);
                if (webhook.isPost()) readings.add(url + "?" + query + (query.isEmpty() ? "" : "."));
            }
        }
        return readings;
    }

    /** Keys in their order, and each with its values in theirs. */
    private static String joined(String fields, String equals, String and) {
        return Form.sorted(fields).entrySet().stream()
                .flatMap(field -> field.getValue().stream().sorted().map(value -> Map.entry(field.getKey(), value)))
                .map(field -> field.getKey() + equals + field.getValue())
                .collect(Collectors.joining(and));
    }
}
