package dev.smartrouter.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.smartrouter.PoolName;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.pool.Claim;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * How JSON says that there is no pod for now: 503 and why.
 *
 * @param poolsTried pools without room, in the order tried; not written if none was tried
 */
public record UnavailableBody(
        String error,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("pools_tried")
        List<String> poolsTried) {
    public static Response answer(AllocationResult.Refused why) {
        return Refusal.tryLater(
                switch (why) {
                    case AllocationResult.NoCapacity(var tried) ->
                        new UnavailableBody(
                                "no pods available",
                                tried.stream().map(PoolName::value).toList());
                    case AllocationResult.Limited(var limit) -> new UnavailableBody(words(limit), List.of());
                    case AllocationResult.Recovering recovering -> new UnavailableBody("recovering", List.of());
                    case AllocationResult.Unavailable unavailable ->
                        new UnavailableBody("store unavailable", List.of());
                });
    }

    private static String words(Claim.Limit limit) {
        return switch (limit) {
            case MAX_CALLS, MAX_CPS -> "merchant limit reached";
            case PROBATION -> "too many late retries";
        };
    }
}
