package dev.smartrouter.scenario;

import dev.smartrouter.history.Deed;
import java.util.function.Supplier;

/**
 * What a client is about to do.
 *
 * @param hangsUp whether it goes away before it has the answer
 */
record Question(Deed deed, boolean hangsUp, Supplier<Answer> ask) {}
