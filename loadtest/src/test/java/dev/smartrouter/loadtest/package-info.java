/**
 * Load on a running router, over HTTP and nothing else: no class of the service is on this module's class path. Each
 * simulation is named for the question it answers and asserts its own thresholds. None runs unless asked for.
 */
@NullMarked
package dev.smartrouter.loadtest;

import org.jspecify.annotations.NullMarked;
