/**
 * The acceptance tests: whole routers on a real Redis, spoken to over real HTTP, as the agent, the providers and the
 * operators do. A {@link dev.smartrouter.scenario.Town} has the Redis, the pods and the routers; a
 * {@link dev.smartrouter.scenario.Caller} places the calls.
 */
@NullMarked
package dev.smartrouter.scenario;

import org.jspecify.annotations.NullMarked;
