/**
 * The one place that wires: settings from the environment, the parts of the router put together by hand, and what an
 * operator sees of it from outside: health, metrics, logs, errors. Nothing imports this package.
 */
@NullMarked
package dev.smartrouter.app;

import org.jspecify.annotations.NullMarked;
