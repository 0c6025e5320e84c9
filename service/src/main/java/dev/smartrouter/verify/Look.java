package dev.smartrouter.verify;

import dev.smartrouter.pool.RedisSurvey;
import dev.smartrouter.pool.RedisSurvey.Kind;
import dev.smartrouter.pool.RedisSurvey.Page;
import dev.smartrouter.pool.RedisSurvey.Symptom;
import dev.smartrouter.pool.RedisSurvey.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** One walk through the store: each thing is looked at once, however many keys speak of it. */
final class Look {
    private final RedisSurvey survey;
    private final Duration overdue;
    private final BooleanSupplier timeIsUp;
    private final Map<String, String> pools;
    private final Set<Thing> met = new HashSet<>();
    private final List<Thing> waiting = new ArrayList<>();
    private final List<Symptom> suspects = new ArrayList<>();

    /** @param configured the pools of the tier config and their modes */
    Look(RedisSurvey survey, Map<String, String> configured, Duration overdue, BooleanSupplier timeIsUp) {
        this.survey = survey;
        this.pools = new TreeMap<>(configured);
        this.overdue = overdue;
        this.timeIsUp = timeIsUp;
    }

    /** Looks at all there is; false if time was up before. */
    boolean all() {
        var done = walk(survey::keys, this::meetKey)
                && walkPools()
                && walk(membersOf("calls:by_expiry"), this::meetCall)
                && walk(membersOf("calls:by_merchant"), this::meetCall);
        look(waiting);
        return done;
    }

    List<Symptom> suspects() {
        return suspects;
    }

    int count(Kind kind) {
        return (int) met.stream().filter(thing -> thing.kind() == kind).count();
    }

    private boolean walkPools() {
        for (var pool : pools.entrySet()) {
            var name = pool.getKey();
            meet(new Thing(Kind.POOL, name, pool.getValue()));
            var whole = walk(membersOf(Catalogue.assigned(name)), pod -> meet(new Thing(Kind.ASSIGNED, pod, name)))
                    && walk(membersOf(Catalogue.available(name)), pod -> meet(new Thing(Kind.AVAILABLE, pod, name)));
            if (!whole) return false;
        }
        return true;
    }

    private Function<String, Page> membersOf(String key) {
        return cursor -> survey.members(key, cursor);
    }

    private boolean walk(Function<String, Page> pages, Consumer<String> meets) {
        var cursor = "0";
        do {
            if (timeIsUp.getAsBoolean()) return false;
            var page = pages.apply(cursor);
            page.names().forEach(meets);
            while (waiting.size() >= RedisSurvey.MOST_THINGS) look(waiting.subList(0, RedisSurvey.MOST_THINGS));
            cursor = page.next();
        } while (!cursor.equals("0"));
        return true;
    }

    private void meetKey(String key) {
        Catalogue.thing(key).ifPresent(thing -> {
            if (thing.kind() == Kind.POOL) pools.putIfAbsent(thing.name(), "");
            else meet(thing);
        });
    }

    private void meetCall(String sid) {
        meet(new Thing(Kind.CALL, sid, ""));
    }

    private void meet(Thing thing) {
        if (met.add(thing)) waiting.add(thing);
    }

    private void look(Collection<Thing> things) {
        suspects.addAll(survey.look(List.copyOf(things), overdue));
        things.clear();
    }
}
