/**
 * The store: a real Redis in a process of its own, which can be emptied and started again, or one that somebody named.
 */
@NullMarked
package dev.smartrouter.simulator.redis;

import org.jspecify.annotations.NullMarked;
