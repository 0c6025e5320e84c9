/**
 * Every transition of the router, cut at every point of every exchange with Redis that it makes. A
 * {@link dev.smartrouter.simulator.crash.Lab} has a store and the routers; a
 * {@link dev.smartrouter.simulator.crash.Transition} says what is done and what must have come of it.
 */
@NullMarked
package dev.smartrouter.simulator.crash;

import org.jspecify.annotations.NullMarked;
