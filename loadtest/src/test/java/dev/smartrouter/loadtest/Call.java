package dev.smartrouter.loadtest;

import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.Letters;
import dev.smartrouter.simulator.provider.Request;
import io.gatling.javaapi.core.Session;
import java.time.Duration;

/**
 * A call that is placed.
 *
 * @param webhook as its provider writes and signs it, the same for each try
 * @param ending who tells the router that it is over
 */
record Call(CallPlan plan, Letters letters, Request webhook, Ending ending) {
    static final String KEY = "call";

    /** Who tells the router that a call is over. */
    enum Ending {
        AGENT,
        PROVIDER,
        /** Both, in the same moment. */
        BOTH
    }

    /** The virtual user's. */
    static Call of(Session session) {
        Call call = session.get(KEY);
        if (call == null) throw new IllegalStateException("no call was fed");
        return call;
    }

    String sid() {
        return plan.sid();
    }

    String provider() {
        return plan.telephony().lower();
    }

    Duration talks() {
        return plan.talks();
    }

    Request hangup() {
        return letters.hangup(plan, plan.talks());
    }
}
