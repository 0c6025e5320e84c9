package dev.smartrouter.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened to one call or one pod, as far as it is remembered: the first and the last of it. */
record Story(List<Moment> moments) {
    static final Story NEW = new Story(List.of());
    private static final int MOST = 24;

    Story {
        moments = List.copyOf(moments);
    }

    record Moment(Instant at, String words) {}

    /** A long story loses its middle, not its beginning. */
    Story and(Instant at, String words) {
        var longer = new ArrayList<>(moments);
        if (longer.size() == MOST) longer.remove(MOST / 2);
        longer.add(new Moment(at, words));
        return new Story(longer);
    }
}
