/**
 * Load on a running router, over HTTP and nothing else: no class of the service is on this module's class path. Each
 * simulation is named for the question it answers and asserts its own thresholds; after each the pools must be whole. They
 * run by {@code make load}, or in their short form among the tests.
 */
@NullMarked
package dev.smartrouter.loadtest;

import org.jspecify.annotations.NullMarked;
