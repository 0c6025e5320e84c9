/**
 * The router's surroundings in one process: an embedded real Redis, voice-agent pods, providers that place calls, a
 * Kubernetes API. What is simulated behaves as the real thing does, faults included; the Redis is real.
 */
@NullMarked
package dev.smartrouter.simulator;

import org.jspecify.annotations.NullMarked;
