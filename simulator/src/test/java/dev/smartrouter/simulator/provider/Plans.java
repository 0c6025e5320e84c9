package dev.smartrouter.simulator.provider;

import java.time.Duration;

/** Calls for tests. */
final class Plans {
    private Plans() {}

    /** One that talks for a moment, is asked about once, and tells how it ended. */
    static CallPlan talks(String sid, Telephony telephony) {
        return new CallPlan(
                sid,
                telephony,
                "acme",
                Duration.ZERO,
                CallPlan.Fate.TALKS,
                Duration.ofMillis(300),
                false,
                0,
                Duration.ofMillis(20),
                true);
    }

    static CallPlan with(CallPlan plan, CallPlan.Fate fate) {
        return new CallPlan(
                plan.sid(),
                plan.telephony(),
                plan.merchant(),
                plan.at(),
                fate,
                plan.talks(),
                plan.agentHangsUp(),
                plan.duplicates(),
                plan.duplicateAfter(),
                plan.statusCallback());
    }

    static CallPlan endedByAgent(CallPlan plan) {
        return new CallPlan(
                plan.sid(),
                plan.telephony(),
                plan.merchant(),
                plan.at(),
                plan.fate(),
                plan.talks(),
                true,
                plan.duplicates(),
                plan.duplicateAfter(),
                plan.statusCallback());
    }

    static CallPlan asked(CallPlan plan, int duplicates, Duration after) {
        return new CallPlan(
                plan.sid(),
                plan.telephony(),
                plan.merchant(),
                plan.at(),
                plan.fate(),
                plan.talks(),
                plan.agentHangsUp(),
                duplicates,
                after,
                plan.statusCallback());
    }

    static CallPlan talking(CallPlan plan, Duration talks) {
        return new CallPlan(
                plan.sid(),
                plan.telephony(),
                plan.merchant(),
                plan.at(),
                plan.fate(),
                talks,
                plan.agentHangsUp(),
                plan.duplicates(),
                plan.duplicateAfter(),
                plan.statusCallback());
    }

    static CallPlan untold(CallPlan plan) {
        return new CallPlan(
                plan.sid(),
                plan.telephony(),
                plan.merchant(),
                plan.at(),
                plan.fate(),
                plan.talks(),
                plan.agentHangsUp(),
                plan.duplicates(),
                plan.duplicateAfter(),
                false);
    }
}
