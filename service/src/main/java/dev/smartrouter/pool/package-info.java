/**
 * Pools lease pods to calls. The store is Redis, and each thing that can happen to it is one script beside its typed
 * caller: {@code allocate.lua} and {@link dev.smartrouter.pool.RedisPools}, for one. Facts are written by those
 * scripts; the index of who is available is always recomputed from them, never edited alone.
 */
@NullMarked
package dev.smartrouter.pool;

import org.jspecify.annotations.NullMarked;
