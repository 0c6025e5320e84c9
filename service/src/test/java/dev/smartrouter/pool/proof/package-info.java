/**
 * The proof of the state machine: random traffic over every transition against a real Redis, the invariants of the
 * whole keyspace after each step, and an oracle that remembers what callers were told. {@link
 * dev.smartrouter.pool.proof.ScriptMutants} proves the proof: each spoiled script must be caught by it.
 */
@NullMarked
package dev.smartrouter.pool.proof;

import org.jspecify.annotations.NullMarked;
