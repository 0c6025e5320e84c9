package dev.smartrouter.pool;

import dev.smartrouter.PoolName;
import java.util.Map;

/**
 * How full the pools are.
 *
 * @param activeCalls live calls in all
 * @param pools in the order asked for
 */
public record Census(long activeCalls, Map<PoolName, Count> pools) {
    /**
     * @param assigned pods of the pool
     * @param available pods that would take a call now; of a shared pool those below capacity
     * @param activeCalls calls on its pods; -1 in a pool too large to be counted pod by pod
     * @param draining pods draining by an operator's word; -1 likewise
     */
    public record Count(long assigned, long available, long activeCalls, long draining) {}
}
