package dev.smartrouter.simulator.provider;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plivo: forms, and XML of its own in which the stream's URL is an element's text. Facts from its pages on answer and
 * hangup URLs, signature V3 and {@code <Stream>}.
 */
record Plivo(URI publicUrl, Optional<String> token, AtomicLong nonces) implements Carrier {
    static final String ACCOUNT = "MAODQ5ZDHMNWJMNJI3OG";

    private static final int LIMIT = 100_000;
    private static final int SPOKEN_LIMIT = 3_000;

    Plivo(URI publicUrl, Optional<String> token) {
        this(publicUrl, token, new AtomicLong());
    }

    @Override
    public Telephony telephony() {
        return Telephony.PLIVO;
    }

    @Override
    public Request webhook(CallPlan call) {
        var fields = fields(call, "StartApp", "in-progress");
        fields.put("RequestUUID", call.sid());
        return signed(webhookPath(call), fields);
    }

    @Override
    public Request status(String path, CallPlan call, Outcome how, Duration lasted) {
        var fields = fields(call, "Hangup", word(how));
        fields.put("HangupCause", how == Outcome.BUSY ? "USER_BUSY" : "NORMAL_CLEARING");
        fields.put("Duration", how == Outcome.COMPLETED ? String.valueOf(lasted.toSeconds()) : "0");
        return signed(path, fields);
    }

    private static Map<String, String> fields(CallPlan call, String event, String status) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("ALegUUID", call.sid());
        fields.put("BillRate", "0.0034");
        fields.put("CallStatus", status);
        fields.put("CallUUID", call.sid());
        fields.put("Direction", "outbound");
        fields.put("Event", event);
        fields.put("From", Dice.phone("us", "from").substring(1));
        fields.put("ParentAuthID", ACCOUNT);
        fields.put("To", Dice.phone(call.sid(), "to").substring(1));
        return fields;
    }

    private static String word(Outcome how) {
        return switch (how) {
            case COMPLETED -> "completed";
            case CANCELED -> "cancel";
            case NO_ANSWER -> "no-answer";
            case BUSY -> "busy";
            case FAILED -> "failed";
        };
    }

    /** Of a POST: the URL, a question mark, the query if any and a full stop, the form's fields run together. */
    private Request signed(String target, Map<String, String> form) {
        var headers = new HashMap<>(Map.of("User-Agent", "plivo", "Content-Type", Request.FORM));
        token.ifPresent(secret -> {
            var nonce = String.valueOf(10_000_000_000_000L + nonces.incrementAndGet());
            var url = publicUrl.resolve(target);
            var query = url.getQuery();
            var text = new StringBuilder(
                    query == null ? url + "?" : url.toString().split("\\?", 2)[0] + "?" + query + ".");
            new TreeMap<>(form).forEach((key, value) -> text.append(key).append(value));
            headers.put("X-Plivo-Signature-V3", Hmac.sha256(secret, text + "." + nonce));
            headers.put("X-Plivo-Signature-V3-Nonce", nonce);
        });
        return new Request(target, headers, Form.encode(form));
    }

    /** Its fallback comes after three tries of any kind. */
    @Override
    public boolean asksAgain(Reply reply) {
        return !(reply instanceof Reply.Came came) || came.status() >= 500;
    }

    @Override
    public Answer read(String sid, Reply.Came reply) {
        try {
            var response = Markup.response(reply, LIMIT);
            if (response.startsWith("Speak")) return response.apology("Speak", SPOKEN_LIMIT);
            response.requireChildren("Stream");
            var stream = response.children().getFirst();
            stream.requireChildren();
            stream.requireAttributes("bidirectional", "keepCallAlive", "contentType");
            stream.requireAttribute("bidirectional", "true");
            stream.requireAttribute("keepCallAlive", "true");
            stream.requireAttribute("contentType", "audio/x-mulaw;rate=8000");
            return SocketUrl.read(stream.text().strip(), sid, true);
        } catch (Unfit e) {
            return new Answer.Unusable(e.why());
        }
    }

    @Override
    public MediaProtocol media(CallPlan call) {
        return new PlivoMedia(Dice.hex(call.sid(), "stream", 32), call.sid());
    }
}
