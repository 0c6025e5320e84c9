package dev.smartrouter.simulator.verdict;

import java.util.List;

/**
 * The store's pools at one moment.
 *
 * @param at nanoseconds on the ledger's ticker
 * @param pools empty if the store did not answer, or has none
 */
record StoreSample(long at, List<Pool> pools) {
    /**
     * @param assigned its pods
     * @param available those that may be given a call now
     * @param calls that its pods carry
     * @param draining its pods that take no new call by somebody's wish
     */
    record Pool(String name, int assigned, int available, int calls, int draining) {}
}
