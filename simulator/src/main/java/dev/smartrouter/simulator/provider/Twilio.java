package dev.smartrouter.simulator.provider;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Twilio: forms, one call in eight a GET, TwiML back. Facts from its pages on voice webhooks, request validation, TwiML's
 * {@code <Connect><Stream>} and status callbacks.
 */
record Twilio(URI publicUrl, Optional<String> token) implements Carrier {
    static final String ACCOUNT = "AC5f9d1c3e7b2a48609c1d3e5f7a9b0c2d";

    /** TwiML documents may have 64 kB. */
    private static final int LIMIT = 64_000;

    private static final int SPOKEN_LIMIT = 4_096;

    @Override
    public Telephony telephony() {
        return Telephony.TWILIO;
    }

    @Override
    public Request webhook(CallPlan call) {
        var path = webhookPath(call);
        var fields = fields(call, "in-progress");
        if (Dice.roll(call.sid(), "method", 8) > 0) return signed(path, fields);
        return signed(Request.withQuery(path, fields), Map.of());
    }

    @Override
    public Request status(String path, CallPlan call, Outcome how, Duration lasted) {
        var fields = fields(call, word(how));
        fields.put("CallbackSource", "call-progress-events");
        fields.put("SequenceNumber", "0");
        if (how == Outcome.COMPLETED) fields.put("CallDuration", String.valueOf(lasted.toSeconds()));
        return signed(path, fields);
    }

    private static Map<String, String> fields(CallPlan call, String status) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("AccountSid", ACCOUNT);
        fields.put("ApiVersion", "2010-04-01");
        fields.put("CallSid", call.sid());
        fields.put("CallStatus", status);
        fields.put("Called", Dice.phone(call.sid(), "to"));
        fields.put("CalledCity", "");
        fields.put("CalledCountry", "IN");
        fields.put("Caller", Dice.phone("us", "from"));
        fields.put("CallerCountry", "IN");
        fields.put("CallerState", "Karnātaka");
        fields.put("Direction", "outbound-api");
        fields.put("From", Dice.phone("us", "from"));
        fields.put("To", Dice.phone(call.sid(), "to"));
        return fields;
    }

    private static String word(Outcome how) {
        return switch (how) {
            case COMPLETED -> "completed";
            case CANCELED -> "canceled";
            case NO_ANSWER -> "no-answer";
            case BUSY -> "busy";
            case FAILED -> "failed";
        };
    }

    /** The token signs the public URL, then each field of the form in the order of the keys, run together. */
    private Request signed(String target, Map<String, String> form) {
        var headers = new HashMap<>(Map.of("User-Agent", "TwilioProxy/1.1"));
        if (!form.isEmpty()) headers.put("Content-Type", Request.FORM);
        token.ifPresent(secret -> {
            var text = new StringBuilder(publicUrl.resolve(target).toString());
            new TreeMap<>(form).forEach((key, value) -> text.append(key).append(value));
            headers.put("X-Twilio-Signature", Hmac.sha1(secret, text.toString()));
        });
        return new Request(target, headers, Form.encode(form));
    }

    @Override
    public Answer read(String sid, Reply.Came reply) {
        try {
            var response = Markup.response(reply, LIMIT);
            if (response.startsWith("Say")) return response.apology("Say", SPOKEN_LIMIT);
            response.requireChildren("Connect");
            var connect = response.children().getFirst();
            connect.requireAttributes();
            connect.requireChildren("Stream");
            var stream = connect.children().getFirst();
            stream.requireAttributes("url");
            stream.requireChildren();
            if (!stream.text().isBlank()) throw new Unfit("<Stream> holds text");
            return SocketUrl.read(stream.attributes().getOrDefault("url", ""), sid, false);
        } catch (Unfit e) {
            return new Answer.Unusable(e.why());
        }
    }

    @Override
    public MediaProtocol media(CallPlan call) {
        return new TwilioMedia("MZ" + Dice.hex(call.sid(), "stream", 32), call.sid());
    }
}
