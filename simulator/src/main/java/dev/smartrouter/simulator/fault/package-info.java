/**
 * What goes wrong between two processes: a TCP proxy that delays, cuts, freezes, or swallows replies.
 */
@NullMarked
package dev.smartrouter.simulator.fault;

import org.jspecify.annotations.NullMarked;
