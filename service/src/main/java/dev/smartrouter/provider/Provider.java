package dev.smartrouter.provider;

import dev.smartrouter.call.AllocationResult;
import jakarta.ws.rs.core.Response;

/** A telephony provider: how it names a call, what its callbacks mean, and how it wants to be answered. */
interface Provider {
    /** As paths, records and metrics know it. */
    String name();

    /** The field of its webhooks that holds the call's id. */
    String callField();

    /** What a status callback says of its call. */
    CallSign read(Fields callback);

    /** Tells it to stream the call to this URL. */
    Response stream(String wsUrl);

    /** Tells it that there is no pod for the call. */
    Response refuse(AllocationResult.Refused why);

    /** Tells it that its webhook names no call; the reason is for its developers. */
    Response reject(String reason);

    /** Tells it that something broke, and nothing more. */
    Response fail();
}
