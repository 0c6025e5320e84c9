package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.tier.FallbackChain;
import dev.smartrouter.tier.Limits;
import java.util.Optional;

/**
 * A call's wish for a pod.
 *
 * @param merchantConfig the text, in the store, that the chain was resolved from; empty if the merchant has none
 * @param limits of the merchant, from the same text
 * @param wsUrl the stream's URL, in which {@code {pod}} stands for the pod that will be claimed
 */
public record ClaimRequest(
        CallSid call,
        Optional<MerchantId> merchant,
        String merchantConfig,
        FallbackChain chain,
        Limits limits,
        Origin origin,
        String wsUrl) {}
