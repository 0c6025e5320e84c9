package dev.smartrouter.simulator.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What an agent tells the router of a call that needs a pod; in JSON, the body of {@code POST /api/v1/allocate}.
 *
 * @param merchantId may be empty
 * @param provider such as {@code exotel}
 * @param flow {@code v1} or {@code v2}
 * @param template empty if there is none
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AllocateRequest(
        String callSid,
        String merchantId,
        String provider,
        String flow,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String template) {
    /** With the client's defaults. */
    public static AllocateRequest of(String callSid, String merchantId) {
        return new AllocateRequest(callSid, merchantId, "exotel", "v2", "");
    }
}
