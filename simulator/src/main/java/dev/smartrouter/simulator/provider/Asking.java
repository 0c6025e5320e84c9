package dev.smartrouter.simulator.provider;

import dev.smartrouter.simulator.provider.CarrierSettings.Patience;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The webhooks of one call: the first, its retries, and the duplicates that do not wait for it. The first answer that
 * can be obeyed is obeyed; what comes later is reported all the same.
 */
final class Asking {
    private final CallPlan call;
    private final Carrier carrier;
    private final URI router;
    private final Patience patience;
    private final CallWatch watch;

    private final CompletableFuture<Answer> obeyed = new CompletableFuture<>();
    private final CompletableFuture<Void> underWay = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();
    private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger strands;
    private volatile boolean started;
    private volatile boolean brokenOff;
    private volatile Answer last = new Answer.Unusable("no webhook was sent");

    Asking(CallPlan call, Carrier carrier, CarrierSettings settings, CallWatch watch) {
        this.call = call;
        this.carrier = carrier;
        this.router = settings.router();
        this.patience = settings.patienceOf(call.telephony());
        this.watch = watch;
        this.strands = new AtomicInteger(1 + call.duplicates());
    }

    void start(Executor threads) {
        started = true;
        threads.execute(() -> strand(this::askUntilAnswered));
        for (var i = 1; i <= call.duplicates(); i++) {
            var after = call.duplicateAfter().multipliedBy(i);
            threads.execute(() -> strand(() -> askAgainAfter(after)));
        }
    }

    /** The first answer that can be obeyed, or if there is none, the last; never fails. */
    CompletableFuture<Answer> obeyed() {
        return obeyed;
    }

    /** When the first webhook is about to be sent. */
    CompletableFuture<Void> underWay() {
        return underWay;
    }

    /** When everything that was sent has come back, or will not. */
    CompletableFuture<Void> quiet() {
        return quiet;
    }

    /** The call is over: nothing more is sent. What is in flight comes back. */
    void stop() {
        over.complete(null);
        if (!started) quiet.complete(null);
    }

    /** The call is over, and so is what is in flight. */
    void breakOff() {
        brokenOff = true;
        stop();
        inFlight.forEach(Exchange::abort);
    }

    private void strand(Runnable asking) {
        try {
            asking.run();
        } finally {
            if (strands.decrementAndGet() == 0) {
                obeyed.complete(last);
                quiet.complete(null);
            }
        }
    }

    private void askUntilAnswered() {
        for (var left = patience.tries(); left > 0 && !over.isDone(); left--) {
            if (!carrier.asksAgain(ask())) return;
            if (left > 1 && Waiting.forAny(patience.pause(), over)) return;
        }
    }

    private void askAgainAfter(Duration after) {
        if (!Waiting.forAny(after, over)) ask();
    }

    private Reply ask() {
        var attempt = attempts.incrementAndGet();
        var exchange = new Exchange(router, carrier.webhook(call), patience);
        inFlight.add(exchange);
        watch.asked(call.sid(), attempt);
        var start = System.nanoTime();
        underWay.complete(null);
        if (brokenOff) exchange.abort();
        var reply = exchange.send();
        inFlight.remove(exchange);
        var answer = answerOf(reply);
        watch.answered(call.sid(), attempt, answer, Duration.ofNanos(System.nanoTime() - start));
        last = answer;
        if (!(answer instanceof Answer.Unusable)) obeyed.complete(answer);
        return reply;
    }

    private Answer answerOf(Reply reply) {
        return switch (reply) {
            case Reply.Came came -> carrier.read(call.sid(), came);
            case Reply.Lost(var why) -> new Answer.Unusable(why);
        };
    }
}
