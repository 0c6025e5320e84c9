package dev.smartrouter.bench;

import dev.smartrouter.pool.CostOfGrowth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** How fast the router is, how it grows and what it does under too much: run by {@code make bench}. */
public final class Bench {
    private static final int PODS = 400;

    private Bench() {}

    /** @param args the Markdown file to write, the jar to start, how many rounds, and how many seconds a turn takes */
    public static void main(String[] args) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        var file = Path.of(args[0]);
        var jar = Path.of(args[1]);
        var rounds = Integer.parseInt(args[2]);
        var turn = Duration.ofSeconds(Integer.parseInt(args[3]));

        var contest = new Contest();
        long afterLoad;
        try (var stage = new Stage(PODS)) {
            contest.run(stage, rounds, turn);
            afterLoad = stage.router.residentMegabytes();
        }
        contest.plot(file.getParent());
        var overload = new Overload();
        overload.run(rounds, turn);
        var starts = new Starts();
        starts.run(jar, rounds);
        var growth = CostOfGrowth.tables(3 * rounds);
        Files.writeString(file, Page.of(contest, overload.table(), starts.table(afterLoad), growth, rounds, turn));
        System.out.println(Files.readString(file));
    }
}
