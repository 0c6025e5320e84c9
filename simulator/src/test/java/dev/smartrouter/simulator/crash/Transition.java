package dev.smartrouter.simulator.crash;

import java.util.function.Consumer;

/**
 * Something that a router does to the store.
 *
 * @param given what is there before
 * @param act safe to repeat; throws as the router does
 * @param done asserts that it has happened, whoever did it
 * @param tidy ends what it began, so that all pods are idle in the pools where they began
 */
record Transition<T>(String name, Consumer<Lab> given, Act<T> act, Done<T> done, Consumer<Lab> tidy) {
    /** What a router does in a lab. */
    interface Act<T> {
        T by(Desk router, Lab lab);
    }

    /** What must have come of it. */
    interface Done<T> {
        /** @param outcome what the act answered to whoever heard an answer */
        void check(Lab lab, T outcome);
    }

    @Override
    public String toString() {
        return name;
    }
}
