package dev.smartrouter.simulator.provider;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a provider writes about a call and how it reads the answer, for whoever carries letters by a client of their own. */
public final class Letters {
    private final Carrier carrier;

    public Letters(Telephony telephony, CarrierSettings.Signing signing) {
        this.carrier = Carrier.of(telephony, signing);
    }

    /** The call was answered: whereto with it? */
    public Request webhook(CallPlan call) {
        return carrier.webhook(call);
    }

    /** Tells the router that the call was completed. */
    public Request hangup(CallPlan call, Duration lasted) {
        return carrier.status(carrier.statusPath(), call, Outcome.COMPLETED, lasted);
    }

    /**
     * What the provider makes of the answer to a webhook.
     *
     * @param type the content type; empty if there was none
     */
    public Answer read(String sid, int status, String type, String body) {
        return carrier.read(sid, new Reply.Came(status, type, body.getBytes(StandardCharsets.UTF_8)));
    }
}
