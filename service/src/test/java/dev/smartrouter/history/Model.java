package dev.smartrouter.history;

import java.util.List;

/**
 * What may be answered if only one operation happens at a time.
 *
 * @param <S> a state: immutable, equal when nothing tells two apart
 */
interface Model<S> {
    S start();

    /**
     * The states that the operation may leave; none if its outcome is impossible here. One of unknown outcome may
     * happen, and then always changes something: that it never happens is for the search to say.
     */
    List<S> after(S state, Operation operation);
}
