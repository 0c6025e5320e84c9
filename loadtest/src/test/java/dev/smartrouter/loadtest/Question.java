package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.smartrouter.simulator.provider.CarrierSettings;
import dev.smartrouter.simulator.provider.Telephony;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all simulations have in common: somebody to ask, calls, a warm-up that is not measured, and at the end a look
 * whether the pools are whole. That, and every verdict, is a request in the report, and one that fails fails the run.
 */
abstract class Question extends Simulation {
    static final Settings settings = new Settings(System.getenv());

    private static final String WARM_UP = "warm-up";
    private static final double WARM_UP_CALLS = 10;
    /** More than the average, since the pools of a stack are of several kinds. */
    private static final double ROOM = 3;

    private final Target target;
    private final Calls calls;
    private final Book book = new Book();
    private final Pools pools;
    private final Caller caller;

    /** @param most calls a second that will be placed; a stack of our own has pods enough for them */
    Question(double most) {
        target = Target.of(settings, pods(most));
        calls = new Calls(signing(), settings.talk());
        caller = new Caller(calls, book);
        pools = new Pools(target.url(), book, calls.run(), target.admin(), settings.patience());
    }

    private static int pods(double callsPerSecond) {
        return 100 + (int) (ROOM * Calls.erlangs(callsPerSecond, settings.talk()));
    }

    private CarrierSettings.Signing signing() {
        return new CarrierSettings.Signing(
                settings.publicUrl().orElse(target.url()),
                settings.token("TWILIO"),
                settings.token("PLIVO"),
                settings.token("EXOTEL"));
    }

    final Target target() {
        return target;
    }

    final Caller caller() {
        return caller;
    }

    /** Calls of which each is to get a pod, as many as the steps say. */
    final PopulationBuilder calls(String name, OpenInjectionStep... steps) {
        return scenario(name).exec(caller.call()).injectOpen(steps);
    }

    /** The same, in a group of the report. */
    static PopulationBuilder grouped(String name, ChainBuilder chain, OpenInjectionStep... steps) {
        return scenario(name).exec(group(name).on(exec(chain))).injectOpen(steps);
    }

    /** Gatling places calls second by second, and none at all in less than one. */
    static Duration wholeSeconds(Duration duration) {
        return Duration.ofSeconds(Math.max(1, Math.round(duration.toMillis() / 1000.0)));
    }

    /** Asks the question: after the warm-up all of the load at once, and after that the verdicts. */
    final void ask(List<PopulationBuilder> load, List<Verdict> verdicts, Stream<Assertion> assertions) {
        var warmUp = grouped(
                WARM_UP, caller.call(), constantUsersPerSec(WARM_UP_CALLS).during(wholeSeconds(settings.warmUp())));
        var end = scenario("end")
                .exec(pools.look())
                .exec(verdicts.stream()
                        .map(verdict -> exec(dummy(verdict.name(), 1)
                                .withSuccess(session -> verdict.holds().getAsBoolean())))
                        .reduce(exec(session -> session), ChainBuilder::exec));
        setUp(warmUp.andThen(load).andThen(end.injectOpen(atOnceUsers(1))))
                .protocols(http.baseUrl(target.url().toString())
                        .disableUrlEncoding()
                        .shareConnections()
                        .disableWarmUp())
                .assertions(Stream.of(
                                assertions,
                                pools.names().stream().flatMap(Question::holds),
                                verdicts.stream().map(Verdict::name).flatMap(Question::holds))
                        .flatMap(each -> each)
                        .toList());
    }

    private static Stream<Assertion> holds(String name) {
        return Stream.of(
                details(name).failedRequests().count().is(0L),
                details(name).successfulRequests().count().gt(0L));
    }

    /** Of the webhooks of each provider, outside groups or in this one. */
    static Stream<Assertion> quick(int p99, String... group) {
        return Arrays.stream(Telephony.values())
                .map(telephony -> Stream.concat(Arrays.stream(group), Stream.of(telephony.lower() + Caller.WEBHOOK))
                        .toArray(String[]::new))
                .map(path -> details(path).responseTime().percentile(99).lte(p99));
    }

    /** Of all requests, the look at the pools among them. */
    static Stream<Assertion> few(double errors) {
        return Stream.of(global().failedRequests().percent().lte(errors));
    }

    @Override
    public void after() {
        target.close();
    }
}
