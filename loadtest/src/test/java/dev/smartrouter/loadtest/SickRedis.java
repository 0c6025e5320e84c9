package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What do callers notice of a Redis that is slow, and of one that does not answer at all?
 *
 * <p>A quarter of MINUTES each: well; slow, when every exchange takes 40 ms longer and still every call gets its pod;
 * frozen, when callers hear an apology within SICK_P99 and none waits for a timeout; and well again, as if nothing had
 * been. Afterwards no pod is lost, though nobody heard the releases of the calls that ended meanwhile.
 *
 * <p>It needs a stack that can be made sick: its own, or one whose DESK is named.
 */
public final class SickRedis extends Question {
    private static final double CALLS = settings.calls(20);
    private static final Duration EACH =
            wholeSeconds(settings.lasts(Duration.ofMinutes(1)).dividedBy(4));
    private static final String WELL = "Redis well";
    private static final String SLOW = "Redis slow";
    private static final String FROZEN = "Redis frozen";
    private static final String AGAIN = "Redis well again";

    private final Desk desk = Desk.of(target());

    public SickRedis() {
        super(CALLS);
        var after = phase(AGAIN, caller().call());
        var frozen = phase(FROZEN, caller().refusable().call()).andThen(deed("heal-redis", after));
        var slow = phase(SLOW, caller().call()).andThen(deed("freeze-redis", frozen));
        var well = phase(WELL, caller().call()).andThen(deed("slow-redis", slow));
        ask(
                List.of(well),
                List.of(),
                Stream.of(
                                quick(settings.p99(250), WELL),
                                quick(settings.p99(250) + 150, SLOW),
                                quick(settings.sickP99(1_500), FROZEN),
                                quick(settings.p99(250), AGAIN),
                                few(settings.errors()))
                        .flatMap(each -> each));
    }

    private PopulationBuilder deed(String word, PopulationBuilder then) {
        return desk.does(word).injectOpen(atOnceUsers(1)).andThen(then);
    }

    private static PopulationBuilder phase(String name, ChainBuilder chain) {
        return grouped(name, chain, constantUsersPerSec(CALLS).during(EACH));
    }
}
