package dev.smartrouter.dashboard;

import dev.smartrouter.CallSid;
import dev.smartrouter.pool.Allocation;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that is over, or that got no pod.
 *
 * @param hold what it had; empty if it got no pod, or began and ended elsewhere between two looks
 * @param how in a few words
 */
record Ended(CallSid call, Optional<Allocation> hold, Instant at, String how) {}
