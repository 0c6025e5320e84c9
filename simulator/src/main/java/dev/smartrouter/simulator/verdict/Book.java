package dev.smartrouter.simulator.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is written down about one call. Thread-safe; its facts are in the order of time. */
final class Book {
    private final String sid;
    private final List<Fact> facts = new ArrayList<>(12);
    private @Nullable CallStory story;

    Book(String sid) {
        this.sid = sid;
    }

    /** The time is read here, or two threads might write in another order than that of their times. */
    synchronized void write(LongSupplier ticker, LongFunction<Fact> fact) {
        facts.add(fact.apply(ticker.getAsLong()));
        story = null;
    }

    /** The same one until something is added. */
    synchronized CallStory story() {
        if (story == null) story = new CallStory(sid, facts);
        return story;
    }
}
