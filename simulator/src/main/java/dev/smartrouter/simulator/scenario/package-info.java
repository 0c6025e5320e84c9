/**
 * A day as a small readable file: tiers, merchants, how calls arrive and how long they last, what goes wrong and when.
 * From a scenario and a seed follows one schedule, always the same.
 */
@NullMarked
package dev.smartrouter.simulator.scenario;

import org.jspecify.annotations.NullMarked;
