package dev.smartrouter.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smartrouter.dashboard.Overview.CallRow;
import dev.smartrouter.dashboard.Overview.Head;
import dev.smartrouter.dashboard.Overview.PodRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An overview as it is sent: whole to who has nothing yet, and what changed to who has the one before. */
final class Frame {
    private final long number;
    private final Overview overview;
    private final Figures figures;
    private final String change;
    private final long newest;
    private @Nullable String whole;

    private Frame(long number, Overview overview, Figures figures, @Nullable Frame before) {
        this.number = number;
        this.overview = overview;
        this.figures = figures;
        var known = before == null ? Long.MIN_VALUE : before.newest;
        var points = figures.after(known);
        this.newest = points.isEmpty() ? known : points.getLast().at();
        this.change = before == null ? "" : changes(before.overview, points);
    }

    static Frame first(Overview overview, Figures figures) {
        return new Frame(1, overview, figures, null);
    }

    Frame next(Overview then) {
        return new Frame(number + 1, then, figures, this);
    }

    boolean follows(Frame other) {
        return number == other.number + 1;
    }

    /** What changed since the frame before; "" in the first. */
    String change() {
        return change;
    }

    /** All there is; written once, and only if somebody needs it. */
    synchronized String whole() {
        if (whole == null) {
            var points = figures.after(Long.MIN_VALUE).stream()
                    .filter(point -> point.at() <= newest)
                    .toList();
            whole = Json.text(new Body(true, overview.head(), overview.pods(), null, overview.calls(), null, points));
        }
        return whole;
    }

    private String changes(Overview before, List<Figures.Point> points) {
        return Json.text(new Body(
                false,
                overview.head(),
                changed(before.pods(), overview.pods()),
                gone(before.pods(), overview.pods()),
                changed(before.calls(), overview.calls()),
                gone(before.calls(), overview.calls()),
                points));
    }

    private static <V> Map<String, V> changed(Map<String, V> before, Map<String, V> now) {
        var changed = new LinkedHashMap<>(now);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return changed;
    }

    private static List<String> gone(Map<String, ?> before, Map<String, ?> now) {
        var gone = new ArrayList<>(before.keySet());
        gone.removeIf(now::containsKey);
        return gone;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(
            boolean whole,
            Head head,
            Map<String, PodRow> pods,
            @Nullable List<String> podsGone,
            Map<String, CallRow> calls,
            @Nullable List<String> callsGone,
            List<Figures.Point> points) {}
}
