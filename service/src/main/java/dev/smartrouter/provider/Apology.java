package dev.smartrouter.provider;

import dev.smartrouter.call.AllocationResult;

/** What a caller hears instead of an agent. */
enum Apology {
    /** Every agent that may take the call has one. */
    BUSY("We are sorry, all our agents are busy right now. Please try again in a few minutes. Goodbye."),
    /** Something here is out of order. */
    TROUBLE("We are sorry, we cannot connect your call right now. Please try again in a few minutes. Goodbye.");

    private final String text;

    Apology(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static Apology of(AllocationResult.Refused why) {
        return switch (why) {
            case AllocationResult.NoCapacity full -> BUSY;
            case AllocationResult.Limited limited -> BUSY;
            case AllocationResult.Recovering recovering -> TROUBLE;
            case AllocationResult.Unavailable unavailable -> TROUBLE;
        };
    }
}
