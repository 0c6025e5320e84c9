package dev.smartrouter.provider;

import dev.smartrouter.auth.Hmac;
import dev.smartrouter.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Twilio's {@code X-Twilio-Signature}: HMAC-SHA1 of the URL as it was called, followed by each key of the form, in their
 * order, and its value. A body that is no form has its hash in the query, and only the URL is signed. Facts from its page
 * on webhook security and its SDKs: a value that comes twice counts once, and the port may be said or unsaid.
 */
final class TwilioSignature implements Proof {
    private static final String HEADER = "X-Twilio-Signature";
    private static final String BODY_HASH = "bodySHA256";

    private final List<String> bases;
    private final Keyring<Hmac> tokens;

    TwilioSignature(PublicUrl url, Keyring<Secret> tokens) {
        this.bases = url.forms();
        this.tokens = tokens.map(Hmac::sha1);
    }

    @Override
    public boolean holds(SentWebhook webhook) {
        var signature = webhook.header(HEADER).getBytes(StandardCharsets.UTF_8);
        if (signature.length == 0) return false;
        var hash = bodyHash(webhook);
        if (hash.isPresent() && !hash.get().equals(sha256(webhook.body()))) return false;
        var signed = webhook.target() + (hash.isPresent() ? "" : form(webhook));
        var holds = false;
        for (var token : tokens.of(tokens.hasMerchants() ? webhook.merchant() : Optional.empty())) {
            for (var base : bases) {
                var right = Base64.getEncoder().encode(token.of(base + signed));
                holds |= MessageDigest.isEqual(signature, right);
            }
        }
        return holds;
    }

    private static Optional<String> bodyHash(SentWebhook webhook) {
        if (!webhook.rawQuery().contains(BODY_HASH)) return Optional.empty();
        return Optional.ofNullable(Form.sorted(webhook.rawQuery()).get(BODY_HASH))
                .map(List::getFirst);
    }

    private static String form(SentWebhook webhook) {
        var text = new StringBuilder();
        Form.sorted(webhook.text())
                .forEach((key, values) ->
                        new TreeSet<>(values).forEach(value -> text.append(key).append(value)));
        return text.toString();
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
