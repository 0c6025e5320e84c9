package dev.smartrouter.simulator.provider;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call from picking up to hanging up; runs on a virtual thread of its own. */
final class Call implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Call.class);

    /** For an agent to close its end of a socket that we close. */
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(2);

    private final CallPlan plan;
    private final Carrier carrier;
    private final CarrierSettings settings;
    private final CallWatch watch;
    private final Line line;

    private final Asking asking;
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final long start = System.nanoTime();

    /** What all calls share. */
    record Line(Executor threads, HttpClient http, Metronome metronome, Spread echoes) {}

    Call(CallPlan plan, Carrier carrier, CarrierSettings settings, CallWatch watch, Line line) {
        this.plan = plan;
        this.carrier = carrier;
        this.settings = settings;
        this.watch = watch;
        this.line = line;
        this.asking = new Asking(plan, carrier, settings, watch);
    }

    @Override
    public void run() {
        try {
            watch.placed(plan);
            watch.ended(plan.sid(), life());
        } finally {
            ended.complete(null);
        }
    }

    /** The callee hangs up now, whatever the plan says. */
    void hangUp() {
        hungUp.complete(null);
    }

    /** When it has ended, and all its webhooks have come back; never fails. */
    CompletableFuture<Void> done() {
        return CompletableFuture.allOf(ended, asking.quiet());
    }

    private CallWatch.Ended life() {
        try {
            return switch (plan.fate()) {
                case UNANSWERED -> notTaken(Outcome.NO_ANSWER, "unanswered");
                case BUSY -> notTaken(Outcome.BUSY, "busy");
                case HANGS_UP_EARLY -> hangUpEarly();
                case TALKS -> talk();
            };
        } catch (RuntimeException e) {
            log.error("call {} broke in the simulator itself", plan.sid(), e);
            return silent("broken: " + e, false);
        } finally {
            asking.stop();
        }
    }

    private CallWatch.Ended notTaken(Outcome how, String why) {
        tell(how);
        return silent(why, true);
    }

    /** Half of them break the webhook off while it is under way, the others let its answer come to nothing. */
    private CallWatch.Ended hangUpEarly() {
        asking.start(line.threads());
        if (Dice.roll(plan.sid(), "early", 2) == 0) {
            CompletableFuture.anyOf(asking.underWay(), hungUp).join();
            Waiting.forAny(Duration.ofMillis(Dice.roll(plan.sid(), "moment", 15)), asking.obeyed(), hungUp);
            asking.breakOff();
        } else {
            awaitAnswer();
        }
        tell(Dice.roll(plan.sid(), "outcome", 2) == 0 ? Outcome.COMPLETED : Outcome.CANCELED);
        return silent("hung up early", true);
    }

    private void awaitAnswer() {
        CompletableFuture.anyOf(asking.obeyed(), hungUp).join();
    }

    private CallWatch.Ended talk() {
        asking.start(line.threads());
        awaitAnswer();
        var answer = asking.obeyed().getNow(new Answer.Unusable("hung up"));
        if (hungUp.isDone() && answer instanceof Answer.Unusable) {
            asking.breakOff();
            tell(Outcome.CANCELED);
            return silent("hung up before an answer", true);
        }
        return switch (answer) {
            case Answer.Stream(var socket, var pod) -> talkTo(socket, pod);
            case Answer.Apology apology -> {
                tell(Outcome.COMPLETED);
                yield silent("apology", false);
            }
            case Answer.Unusable unusable -> {
                tell(Outcome.FAILED);
                yield silent("no answer", false);
            }
        };
    }

    private CallWatch.Ended talkTo(URI socket, String pod) {
        var leg = new Leg(plan.sid(), carrier.media(plan), settings.media(), line.echoes());
        var from = System.nanoTime();
        var refused = leg.open(line.http(), socket, carrier.handshakes());
        if (refused.isPresent()) {
            tell(Outcome.FAILED);
            return silent(refused.get(), false);
        }
        leg.talk(line.metronome(), Dice.roll(plan.sid(), "phase", 1 << 20));
        watch.connected(plan.sid(), pod, Duration.ofNanos(System.nanoTime() - from));
        var how = listen(leg);
        if (!leg.closed().isDone()) announceEnd();
        var told = tellAll(Outcome.COMPLETED);
        leg.hangUp(CLOSES_WITHIN);
        told.join();
        return how;
    }

    /** Until somebody ends it, or the line breaks. */
    private CallWatch.Ended listen(Leg leg) {
        var media = settings.media();
        var from = System.nanoTime();
        Waiting.forAny(media.hearsWithin(), leg.firstAudio(), leg.closed(), hungUp);
        var spoke = leg.firstAudio().isDone();
        if (spoke) {
            var longest = plan.agentHangsUp() ? plan.talks().plus(media.agentGrace()) : plan.talks();
            Waiting.forAny(longest, leg.closed(), hungUp);
        }
        if (leg.closed().isDone()) return closedBy(leg, leg.closed().join(), System.nanoTime() - from);
        if (hungUp.isDone()) return judged(leg, "hung up by order");
        if (!spoke) return leg.ended("no audio from the agent", false);
        return plan.agentHangsUp() ? leg.ended("the agent did not hang up", false) : judged(leg, "hung up");
    }

    private CallWatch.Ended closedBy(Leg leg, Leg.Closing closing, long nanos) {
        return switch (closing) {
            case Leg.Closing.Lost goodbye
            when plan.agentHangsUp() && nanos >= plan.talks().toNanos() ->
                judged(leg, "the agent hung up, and its goodbye was lost");
            case Leg.Closing.Lost lost -> leg.ended("socket lost", false);
            case Leg.Closing.ByAgent(var code)
            when code != 1000 && code != 1005 -> leg.ended("the agent closed with " + code, false);
            case Leg.Closing.ByAgent by when !plan.agentHangsUp() -> leg.ended("the agent hung up early", false);
            case Leg.Closing.ByAgent by when !leg.firstAudio().isDone() -> leg.ended("no audio from the agent", false);
            case Leg.Closing.ByAgent by -> judged(leg, "the agent hung up");
        };
    }

    /** As planned, unless the agent said something wrong. */
    private static CallWatch.Ended judged(Leg leg, String why) {
        return leg.fault().map(fault -> leg.ended(fault, false)).orElseGet(() -> leg.ended(why, true));
    }

    private static CallWatch.Ended silent(String why, boolean complete) {
        return new CallWatch.Ended(why, complete, 0, 0, Duration.ZERO);
    }

    private void announceEnd() {
        if (ending.compareAndSet(false, true)) watch.ending(plan.sid());
    }

    private void tell(Outcome how) {
        tellAll(how).join();
    }

    /** Tells the router, if the plan says so, and the agents, if they want to know, both at once. */
    private CompletableFuture<Void> tellAll(Outcome how) {
        var tellings = new ArrayList<Telling>();
        var lasted = Duration.ofNanos(System.nanoTime() - start);
        if (plan.statusCallback()) {
            var request = carrier.status(carrier.statusPath(), plan, how, lasted);
            tellings.add(new Telling(settings.router(), request));
        }
        settings.agents().ifPresent(agents -> {
            var path = "/voice/status/" + plan.telephony().lower();
            tellings.add(new Telling(agents, carrier.status(path, plan, how, lasted)));
        });
        if (!tellings.isEmpty()) announceEnd();
        return CompletableFuture.allOf(tellings.stream()
                .map(telling -> CompletableFuture.runAsync(() -> tell(telling), line.threads()))
                .toArray(CompletableFuture[]::new));
    }

    private record Telling(URI whom, Request what) {}

    private void tell(Telling telling) {
        var patience = settings.patienceOf(plan.telephony());
        for (var left = carrier.statusTries(patience.tries()); left > 0; left--) {
            var reply = new Exchange(telling.whom(), telling.what(), patience).send();
            if (!carrier.asksAgain(reply)) return;
            if (left > 1) Waiting.forAny(patience.pause(), new CompletableFuture<>());
        }
    }
}
