package dev.smartrouter.simulator.verdict;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How it goes, on a terminal: a block that is drawn over itself, or a line now and then where nobody can draw. Not
 * thread-safe.
 */
public final class LiveView {
    private static final int NAME = 20;
    private static final int LEAST = 40;
    private static final String TO_THE_START_AND_UP = "\033[%dF";
    private static final String CLEAR_REST_OF_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    private final PrintStream out;
    private final int width;
    private final boolean isTerminal;
    private int drawn;

    /** @param width columns; nothing is written that would wrap */
    public LiveView(PrintStream out, int width, boolean isTerminal) {
        this.out = out;
        this.width = Math.max(LEAST, width);
        this.isTerminal = isTerminal;
    }

    /** How often it is worth showing something new. */
    public Duration every() {
        return isTerminal ? Duration.ofMillis(500) : Duration.ofSeconds(5);
    }

    public void show(Glance glance) {
        if (isTerminal) draw(glance);
        else out.println(headline(glance));
        out.flush();
    }

    private void draw(Glance glance) {
        var lines = new ArrayList<String>();
        lines.add(headline(glance));
        glance.pools().forEach(pool -> lines.add(bar(pool)));
        glance.soFar().broken().stream().limit(3).forEach(broken -> lines.add("  ! " + broken));
        glance.events().forEach(event -> lines.add("  - " + event));
        var text = new StringBuilder();
        if (drawn > 0) text.append(TO_THE_START_AND_UP.formatted(drawn));
        lines.forEach(line -> text.append(cut(line)).append(CLEAR_REST_OF_LINE).append('\n'));
        out.print(text.append(CLEAR_BELOW));
        drawn = lines.size();
    }

    private static String headline(Glance glance) {
        var figures = glance.soFar().figures();
        return "%s  live %d  answered %d  refused %d  %s"
                .formatted(clock(glance.story()), glance.live(), figures.answered(), figures.refused(), broken(glance));
    }

    private static String broken(Glance glance) {
        List<Broken> broken = glance.soFar().broken();
        if (broken.isEmpty()) return "no promise broken";
        return "BROKEN %d: %s"
                .formatted(
                        broken.size(),
                        broken.stream()
                                .map(one -> one.promise().title())
                                .distinct()
                                .collect(Collectors.joining(", ")));
    }

    /** A mark for each pod: one that is free, or one that is not. With more pods than room, a mark stands for several. */
    private String bar(Glance.Pool pool) {
        var figures = " %d of %d free, %d calls".formatted(pool.available(), pool.pods(), pool.calls());
        var room = Math.max(4, width - NAME - figures.length() - 4);
        var marks = Math.min(room, pool.pods());
        var busy = pool.pods() == 0 ? 0 : Math.ceilDiv((pool.pods() - pool.available()) * marks, pool.pods());
        var name = pool.name().length() > NAME ? pool.name().substring(0, NAME) : pool.name();
        return ("%-" + NAME + "s [%s%s]%s").formatted(name, "#".repeat(busy), ".".repeat(marks - busy), figures);
    }

    private static String clock(Duration time) {
        return "%02d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    private String cut(String line) {
        return line.length() < width ? line : line.substring(0, width - 1);
    }
}
