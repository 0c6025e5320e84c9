package dev.smartrouter.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * Where a command runs.
 *
 * @param variables of the environment, by name
 * @param in what is read where a file is called {@code -}
 * @param out for what was asked for
 * @param errors for everything else
 */
public record Surroundings(
        Map<String, String> variables, InputStream in, PrintStream out, PrintStream errors, InstantSource clock) {}
