package dev.smartrouter.pool;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Whether this replica does the leader's work now: writes about pods, and opening the gate. */
public interface Leadership {
    /** True while it does. May still say so for a moment after a newer leader began; the fence refuses its writes. */
    boolean leads();

    /** The fencing token its writes carry; empty where nobody is elected, and while it does not lead. */
    OptionalLong token();

    /** Hears that a write with this token was refused: somebody drew a larger one. */
    default void fenced(long token) {}

    /** The same, as long as this holds as well. */
    default Leadership whenever(BooleanSupplier condition) {
        var all = this;
        return new Leadership() {
            @Override
            public boolean leads() {
                return condition.getAsBoolean() && all.leads();
            }

            @Override
            public OptionalLong token() {
                return condition.getAsBoolean() ? all.token() : OptionalLong.empty();
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
