package dev.smartrouter.history;

import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.Outcome.Existing;
import dev.smartrouter.history.Outcome.New;
import dev.smartrouter.history.Outcome.NoPods;
import dev.smartrouter.history.Outcome.NotFound;
import dev.smartrouter.history.Outcome.Released;
import dev.smartrouter.history.Outcome.Unknown;
import java.util.List;

/**
 * One call's life, whatever the pods do: without a pod it may get any, with a pod it is told that one again; a release
 * gives it back once, and then there is nothing to release.
 *
 * <p>It sees the operations of one sid. That is sound: in any order that explains the whole history, those of one sid
 * come in an order that explains them, since this model leaves open which pod is given and whether there is one. It is
 * not complete: calls meet on pods, and {@link AllPods} judges that.
 */
final class OneCall implements Model<Hold> {
    @Override
    public Hold start() {
        return Hold.NONE;
    }

    @Override
    public List<Hold> after(Hold hold, Operation operation) {
        return switch (operation.deed()) {
            case Allocate allocate -> allocated(hold, operation.outcome());
            case Release release -> released(hold, operation.outcome());
            default -> throw new IllegalArgumentException("no deed of a call: " + operation);
        };
    }

    private static List<Hold> allocated(Hold hold, Outcome outcome) {
        return switch (outcome) {
            case New(var pod, var pool, var url) -> only(!hold.isSome(), new Hold(pod, url));
            case Existing(var pod, var pool, var url) -> only(hold.isOf(pod, url), new Hold(pod, url));
            case NoPods none -> only(!hold.isSome(), hold);
            case Unknown unheard -> only(!hold.isSome(), Hold.UNHEARD);
            default -> List.of();
        };
    }

    private static List<Hold> released(Hold hold, Outcome outcome) {
        return switch (outcome) {
            case Released(var pod, var pool, var draining) -> only(hold.isOn(pod), Hold.NONE);
            case NotFound nothing -> only(!hold.isSome(), hold);
            case Unknown unheard -> only(hold.isSome(), Hold.NONE);
            default -> List.of();
        };
    }

    private static List<Hold> only(boolean possible, Hold hold) {
        return possible ? List.of(hold) : List.of();
    }
}
