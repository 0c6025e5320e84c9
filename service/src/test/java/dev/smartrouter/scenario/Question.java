package dev.smartrouter.scenario;

import dev.smartrouter.history.Deed;
import java.util.function.Supplier;

/**
 * What a client is about to do.
 *
 * @param hangsUp whether it goes on without the answer, which nobody hears then
 */
record Question(Deed deed, boolean hangsUp, Supplier<Answer> ask) {}
