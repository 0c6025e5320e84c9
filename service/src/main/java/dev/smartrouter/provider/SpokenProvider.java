package dev.smartrouter.provider;

import dev.smartrouter.call.AllocationResult;
import jakarta.ws.rs.core.Response;

/**
 * A provider whose errors are spoken to the caller, who then is hung up on. It is always answered with 200: any other
 * status sends the call to a fallback, if there is one, and else the caller hears the provider's own error.
 */
interface SpokenProvider extends Provider {
    Response say(Apology apology);

    @Override
    default Response refuse(AllocationResult.Refused why) {
        return say(Apology.of(why));
    }

    @Override
    default Response reject(String reason) {
        return say(Apology.TROUBLE);
    }

    @Override
    default Response fail() {
        return say(Apology.TROUBLE);
    }
}
