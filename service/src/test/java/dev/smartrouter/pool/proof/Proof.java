package dev.smartrouter.pool.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs days in one world after another, and makes the shortest story of what breaks. */
final class Proof implements AutoCloseable {
    private static final int MOST_RERUNS = 3000;

    private final World world;

    Proof(Scripts scripts) {
        world = new World(scripts);
    }

    /** Scripts run so far. */
    long operations() {
        return world.operations();
    }

    /** What is wrong after some operation of the day, and after which; empty if nothing. */
    record Fault(int step, String what) {}

    Optional<Fault> run(List<Op> day) {
        world.reset();
        for (var step = 0; step < day.size(); step++) {
            try {
                world.tell(step + ". " + day.get(step));
                day.get(step).on(world);
                world.judge();
                if (step == day.size() - 1) end();
            } catch (AssertionError | RuntimeException e) {
                return Optional.of(new Fault(step, e instanceof AssertionError ? e.getMessage() : trouble(e)));
            }
        }
        return Optional.empty();
    }

    /** Liveness: whatever happened, an audit and a sweep later all is well. */
    private void end() {
        world.tell("the end of the day");
        new RecoveryOps.Recover(0).on(world);
        new UpkeepOps.SweepAll().on(world);
        new UpkeepOps.Audit().on(world);
        world.judge();
    }

    /** What happened on the last day, with every script and what it said. */
    String story() {
        return world.story();
    }

    /** As few happenings of the day as still break something, told with every script and what it said. */
    String shortest(List<Op> day, Fault fault) {
        var kept = new ArrayList<>(day.subList(0, fault.step() + 1));
        var reruns = 0;
        for (var size = Math.max(1, kept.size() / 2); size >= 1; ) {
            var shrunk = false;
            for (var from = kept.size() - size; from >= 0 && reruns < MOST_RERUNS; from -= size) {
                var fewer = new ArrayList<>(kept.subList(0, from));
                fewer.addAll(kept.subList(Math.min(from + size, kept.size()), kept.size()));
                reruns++;
                var still = run(fewer);
                if (still.isPresent()) {
                    kept = new ArrayList<>(fewer.subList(0, still.get().step() + 1));
                    shrunk = true;
                    from = Math.min(from, kept.size());
                }
            }
            if ((size == 1 && !shrunk) || reruns >= MOST_RERUNS) break;
            if (!shrunk || size > kept.size()) size = Math.max(1, Math.min(size / 2, kept.size() / 2));
        }
        var last = run(kept);
        return last.map(Fault::what).orElse("(not seen again) " + fault.what()) + "\n" + world.story();
    }

    private static String trouble(Throwable e) {
        var trouble = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(trouble));
        return trouble.toString();
    }

    @Override
    public void close() {
        world.close();
    }
}
