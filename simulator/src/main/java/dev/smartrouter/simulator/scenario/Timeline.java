package dev.smartrouter.simulator.scenario;

import dev.smartrouter.simulator.scenario.Schedule.Happening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens when, and to whom: events, repeated ones written out, with the targets that a seed chooses. */
final class Timeline {
    private static final int MOST = 10_000;

    private final int replicas;
    private final int routers;
    private final List<Moment> moments;

    /** @param event its number in the file */
    private record Moment(Duration at, int event, Event what) {}

    /** @throws Wrong if an event comes after the end, or means a pod or a router that is not there */
    Timeline(List<Event> events, Duration lasts, int replicas, int routers) {
        this.replicas = replicas;
        this.routers = routers;
        this.moments = moments(events, lasts);
        check();
    }

    private static List<Moment> moments(List<Event> events, Duration lasts) {
        var moments = new ArrayList<Moment>();
        for (var i = 0; i < events.size(); i++) {
            var event = events.get(i);
            var place = Place.item("events", i);
            Times.notAfter(place + ".at", event.at(), lasts);
            if (event.until() != null) Times.notAfter(place + ".until", event.until(), lasts);
            for (var at : event.times(lasts)) {
                if (moments.size() == MOST)
                    throw new Wrong(place, "is the one too many: more than " + MOST + " happenings");
                moments.add(new Moment(at, i, event));
            }
        }
        moments.sort(Comparator.comparing(Moment::at).thenComparing(Moment::event));
        return moments;
    }

    private void check() {
        var pods = replicas;
        for (var moment : moments) {
            var event = moment.what;
            var place = Place.item("events", moment.event);
            if (event.replicas() != null) pods = event.replicas();
            checkThere(place + ".pod", event.pod(), pods, "pods at " + Times.text(moment.at));
            checkThere(place + ".router", event.router(), routers, "routers");
        }
    }

    private static void checkThere(String place, @Nullable Target target, int count, String what) {
        if (target == null || target.number() < count) return;
        throw new Wrong(
                place,
                "must be 'any' or from 0 to " + (count - 1) + " (" + count + " " + what + "), not " + target.number());
    }

    /** In the order of time. Each event draws from a stream of its own: one more moves no other's target. */
    List<Happening> happenings(long seed) {
        Map<Integer, Chance> chances = new HashMap<>();
        var pods = replicas;
        var happenings = new ArrayList<Happening>();
        for (var moment : moments) {
            var chance = chances.computeIfAbsent(moment.event, event -> new Chance(seed, "events/" + event));
            if (moment.what.replicas() != null) pods = moment.what.replicas();
            happenings.add(new Happening(moment.at, moment.what.deed(pods, routers, chance)));
        }
        return happenings;
    }
}
