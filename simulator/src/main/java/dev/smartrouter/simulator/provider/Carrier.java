package dev.smartrouter.simulator.provider;

import java.time.Duration;

/** A provider's half of the conversation over HTTP: what it sends, and what it makes of the answer. */
sealed interface Carrier permits Twilio, Plivo, Exotel {
    Telephony telephony();

    /** A call was answered: whereto with it? The same plan gives the same request, but for a nonce. */
    Request webhook(CallPlan call);

    /** What it does with this answer. */
    Answer read(String sid, Reply.Came reply);

    /** Whether it asks once more after this. By default only if nothing came. */
    default boolean asksAgain(Reply reply) {
        return reply instanceof Reply.Lost;
    }

    /**
     * The call is over.
     *
     * @param path of whoever is told
     * @param lasted from picking up to the end
     */
    Request status(String path, CallPlan call, Outcome how, Duration lasted);

    /** How often it tells of a call's end, the first included, while {@link #asksAgain}. */
    default int statusTries(int webhookTries) {
        return webhookTries;
    }

    /** How often it tries to open a call's socket. */
    default int handshakes() {
        return 1;
    }

    MediaProtocol media(CallPlan call);

    /** {@code /api/v1/{provider}/status} of the router. */
    default String statusPath() {
        return "/api/v1/" + telephony().lower() + "/status";
    }

    /** Where an answered call's webhook goes, without the provider's own query. */
    default String webhookPath(CallPlan call) {
        var path = "/agent/voice/breeze-buddy/" + telephony().lower() + "/callback/order-confirmation";
        return call.merchant().isEmpty() ? path : path + "?merchant_id=" + Form.encode(call.merchant());
    }

    static Carrier of(Telephony telephony, CarrierSettings.Signing signing) {
        return switch (telephony) {
            case TWILIO -> new Twilio(signing.publicUrl(), signing.twilio());
            case PLIVO -> new Plivo(signing.publicUrl(), signing.plivo());
            case EXOTEL -> new Exotel(signing.exotel());
        };
    }
}
