package dev.smartrouter.dashboard;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the page shows at one moment, but for the plots.
 *
 * @param pods by name
 * @param calls by sid; the oldest of them if there are many
 */
record Overview(Head head, Map<String, PodRow> pods, Map<String, CallRow> calls) {

    /**
     * What is small and therefore sent each time. Times are ms since the epoch.
     *
     * @param drainingSeconds how long a drain lasts if nobody ends it
     * @param podsAt when the last whole look at the pods was done; null before the first
     * @param liveCalls all of them
     * @param kept how the page is to say what is remembered of ended calls
     */
    record Head(
            long now,
            String router,
            long drainingSeconds,
            Store store,
            Leader leader,
            List<LoopRow> loops,
            List<PoolRow> pools,
            @Nullable Long podsAt,
            int liveCalls,
            List<EndedRow> ended,
            Kept kept) {}

    /** @param warnings what is wrong with what is in Redis, or with how it is set up */
    record Store(boolean answers, boolean gateOpen, List<String> warnings) {}

    /**
     * @param here whether this router leads
     * @param name who does; "" if nobody, or nobody is elected
     * @param reconciledAt when this router last compared the pods with the cluster; null if never
     * @param trouble why that failed; "" if it did not
     */
    record Leader(
            boolean here,
            String name,
            @Nullable Long since,
            @Nullable Long reconciledAt,
            String trouble) {}

    record PoolRow(String name, String mode, int capacity, int target) {}

    /** @param n calls it has */
    record PodRow(String pool, Condition is, int n) {}

    record CallRow(String pod, String pool, String provider, String merchant, long at) {}

    /** @param took ms; null if it is not known */
    record EndedRow(
            String call,
            String pod,
            String provider,
            long at,
            @Nullable Long took,
            String how) {}

    record Kept(long minutes, int calls) {}
}
