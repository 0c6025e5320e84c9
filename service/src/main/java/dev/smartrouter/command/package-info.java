/**
 * What an operator types: each command asks a running router over its API, as any client could, and prints a table for
 * people or the API's JSON for scripts. Knows no store and no cluster.
 */
@NullMarked
package dev.smartrouter.command;

import org.jspecify.annotations.NullMarked;
