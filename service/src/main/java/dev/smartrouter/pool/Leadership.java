package dev.smartrouter.pool;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Whether this replica does the leader's work now: writes about pods, and opening the gate. */
public interface Leadership {
    /** True while it does. May still say so for a moment after a newer leader began; the fence refuses its writes. */
    boolean leads();

    /** Smaller than any token ever drawn: what carries it is refused, by a store without memory as well. */
    OptionalLong BETWEEN_TERMS = OptionalLong.of(-1);

    /**
     * The fencing token its writes carry. Empty where nobody is elected: then nothing is fenced. So it is never empty
     * for want of a term, which may end between two writes: then it is {@link #BETWEEN_TERMS}.
     */
    OptionalLong token();

    /** Hears that a write with this token was refused: somebody drew a larger one. */
    default void fenced(long token) {}

    /** The same, leading only while this holds as well. */
    default Leadership whenever(BooleanSupplier condition) {
        var all = this;
        return new Leadership() {
            @Override
            public boolean leads() {
                return condition.getAsBoolean() && all.leads();
            }

            @Override
            public OptionalLong token() {
                return all.token();
            }

            @Override
            public void fenced(long token) {
                all.fenced(token);
            }
        };
    }

    /** Where nobody is elected, every replica does the work, and nothing is fenced. */
    static Leadership unelected() {
        return new Leadership() {
            @Override
            public boolean leads() {
                return true;
            }

            @Override
            public OptionalLong token() {
                return OptionalLong.empty();
            }
        };
    }
}
