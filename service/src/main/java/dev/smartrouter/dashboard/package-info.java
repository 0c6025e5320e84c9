/**
 * The operator's page: pools, pods, calls and this router's own doings, live in a browser. It reads what {@code pool},
 * {@code call} and {@code tier} offer for looking at, keeps the last minutes in memory, and writes nothing: its buttons
 * press the API's.
 */
@NullMarked
package dev.smartrouter.dashboard;

import org.jspecify.annotations.NullMarked;
