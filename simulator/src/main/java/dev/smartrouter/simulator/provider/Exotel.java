package dev.smartrouter.simulator.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Exotel: its Voicebot applet asks by GET as documented, or by form or JSON as seen in the wild, and reads JSON. Nothing
 * is signed; a secret may be part of the URL. Facts from its pages on the Voicebot applet and status callbacks.
 */
record Exotel(Optional<String> secret) implements Carrier {
    static final String ACCOUNT = "smartrouter1";

    private static final Map<String, String> JSON_BODY = Map.of("Content-Type", "application/json");
    private static final Map<String, String> FORM_BODY = Map.of("Content-Type", Request.FORM);

    @Override
    public Telephony telephony() {
        return Telephony.EXOTEL;
    }

    @Override
    public Request webhook(CallPlan call) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("CallSid", call.sid());
        fields.put("CallFrom", Dice.phone("us", "from"));
        fields.put("CallTo", Dice.phone(call.sid(), "to"));
        fields.put("Direction", "outbound-dial");
        fields.put("CallType", "call-attempt");
        fields.put("flow_id", "845213");
        fields.put("tenant_id", "106281");
        var target = withSecret(webhookPath(call));
        return switch (Dice.roll(call.sid(), "method", 3)) {
            case 0 -> new Request(Request.withQuery(target, fields), Map.of(), "");
            case 1 -> new Request(target, FORM_BODY, Form.encode(fields));
            default -> new Request(target, JSON_BODY, Json.write(fields));
        };
    }

    @Override
    public Request status(String path, CallPlan call, Outcome how, Duration lasted) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("CallSid", call.sid());
        fields.put("EventType", "terminal");
        fields.put("Status", word(how));
        fields.put("Direction", "outbound-api");
        fields.put("From", Dice.phone("us", "from"));
        fields.put("To", Dice.phone(call.sid(), "to"));
        fields.put("ConversationDuration", String.valueOf(lasted.toSeconds()));
        var asJson = Dice.roll(call.sid(), "status", 2) == 0;
        return asJson
                ? new Request(withSecret(path), JSON_BODY, Json.write(fields))
                : new Request(withSecret(path), FORM_BODY, Form.encode(fields));
    }

    private String withSecret(String target) {
        return secret.map(token -> Request.withQuery(target, Map.of("auth_token", token)))
                .orElse(target);
    }

    private static String word(Outcome how) {
        return switch (how) {
            case COMPLETED, CANCELED -> "completed";
            case NO_ANSWER -> "no-answer";
            case BUSY -> "busy";
            case FAILED -> "failed";
        };
    }

    /** Its one automatic retry of a failed handshake. */
    @Override
    public int handshakes() {
        return 2;
    }

    /** Two retries, whatever the webhook's patience. */
    @Override
    public int statusTries(int webhookTries) {
        return 3;
    }

    @Override
    public boolean asksAgain(Reply reply) {
        return !(reply instanceof Reply.Came came) || !came.isSuccess();
    }

    /** A 503 that says why is its apology: the applet fails, and the flow goes on to whatever it has instead. */
    @Override
    public Answer read(String sid, Reply.Came reply) {
        try {
            if (!reply.is("application/json")) throw new Unfit("content type '" + reply.type() + "'");
            var body = parse(reply.body());
            if (reply.status() == 503) return new Answer.Apology(text(body, "error"));
            if (reply.status() != 200) throw new Unfit("status " + reply.status());
            if (body.size() != 1) throw new Unfit("more than a url: " + body);
            return SocketUrl.read(text(body, "url"), sid, true);
        } catch (Unfit e) {
            return new Answer.Unusable(e.why());
        }
    }

    private static JsonNode parse(byte[] json) throws Unfit {
        try {
            var body = Json.read(json);
            if (!body.isObject()) throw new Unfit("no JSON object");
            return body;
        } catch (JsonProcessingException e) {
            throw new Unfit("no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Unfit("no JSON: " + e.getMessage());
        }
    }

    private static String text(JsonNode body, String field) throws Unfit {
        var value = body.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) throw new Unfit("no text in '" + field + "': " + body);
        return value.textValue();
    }

    @Override
    public MediaProtocol media(CallPlan call) {
        return new ExotelMedia(call);
    }
}
