package dev.smartrouter.simulator.provider;

import java.time.Duration;

/**
 * A call that will be placed. Whatever chance decides about it is decided here, so that the same plan is the same call.
 *
 * @param sid who it is, for the provider and for us
 * @param merchant whose call it is; empty if the webhook names none
 * @param at when the callee picks up, from the start of the story
 * @param fate what becomes of it if nothing goes wrong
 * @param talks from the first audio to hanging up
 * @param agentHangsUp whether the agent ends it, or the callee does
 * @param duplicates how often the provider posts the same webhook again without waiting for the answer
 * @param duplicateAfter from one such post to the next
 * @param statusCallback whether the provider tells the router how the call ended
 */
public record CallPlan(
        String sid,
        Telephony telephony,
        String merchant,
        Duration at,
        Fate fate,
        Duration talks,
        boolean agentHangsUp,
        int duplicates,
        Duration duplicateAfter,
        boolean statusCallback) {

    /** What becomes of a call if nothing goes wrong. */
    public enum Fate {
        /** The callee picks up and talks. */
        TALKS,
        /** The callee hangs up while the webhook is on its way: a pod is given, and no socket comes. */
        HANGS_UP_EARLY,
        /** Nobody picks up: a status callback, and no webhook. */
        UNANSWERED,
        /** The line is busy: a status callback, and no webhook. */
        BUSY
    }
}
