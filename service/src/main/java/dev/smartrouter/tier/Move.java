package dev.smartrouter.tier;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;

/**
 * A pod to be taken from one pool to another.
 *
 * @param force its pool is gone from the config, so that it moves even with a call on it
 */
public record Move(PodName pod, PoolName from, PoolName to, boolean force) {}
