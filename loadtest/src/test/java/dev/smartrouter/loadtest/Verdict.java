package dev.smartrouter.loadtest;

import java.util.function.BooleanSupplier;

/**
 * Something that must hold at the end of a run and that no single request can show.
 *
 * @param name in the report, where it is a request that succeeds or fails
 */
record Verdict(String name, BooleanSupplier holds) {}
