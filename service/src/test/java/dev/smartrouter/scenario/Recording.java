package dev.smartrouter.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartrouter.history.Deed;
import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.History;
import dev.smartrouter.history.Operation;
import dev.smartrouter.history.Outcome;
import dev.smartrouter.history.Outcome.Calls;
import dev.smartrouter.history.Outcome.Existing;
import dev.smartrouter.history.Outcome.New;
import dev.smartrouter.history.Outcome.NoPods;
import dev.smartrouter.history.Outcome.NotFound;
import dev.smartrouter.history.Outcome.Released;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.StreamSupport;

/** Takes down what clients ask and are answered, and when. Closed, it has waited for those who hung up. */
final class Recording implements AutoCloseable {
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<Answer>> unheard = new ConcurrentLinkedQueue<>();
    private final boolean storeMayDie;

    /** @param storeMayDie before its reply: the router asks it again, and is answered that it is done already */
    Recording(boolean storeMayDie) {
        this.storeMayDie = storeMayDie;
    }

    Recording() {
        this(false);
    }

    /** Asks, and waits for the answer unless it is one that nobody waits for. */
    Outcome take(String client, Question question) {
        var called = System.nanoTime();
        if (question.hangsUp()) {
            unheard.add(Crowd.meanwhile(question.ask()));
            operations.add(new Operation(client, called, Operation.NEVER, question.deed(), Outcome.UNKNOWN));
            return Outcome.UNKNOWN;
        }
        var outcome = ask(question);
        var returned = System.nanoTime();
        operations.add(new Operation(client, called, returned, question.deed(), outcome));
        if (storeMayDie && isOfARepeat(outcome))
            operations.add(new Operation("router", called, Operation.NEVER, question.deed(), Outcome.UNKNOWN));
        // a router that had no answer of the store gives the pod back later, if the store gave one after all
        if (outcome.equals(Outcome.UNKNOWN) && question.deed() instanceof Allocate(var call, var chain))
            operations.add(new Operation("router", returned, Operation.NEVER, new Release(call), Outcome.UNKNOWN));
        return outcome;
    }

    private static boolean isOfARepeat(Outcome outcome) {
        return outcome instanceof Existing || outcome instanceof NotFound;
    }

    private static Outcome ask(Question question) {
        Answer answer;
        try {
            answer = question.ask().get();
        } catch (UncheckedIOException e) {
            return Outcome.UNKNOWN; // whoever was asked is gone
        }
        return outcome(question.deed(), answer);
    }

    History history() {
        return new History(List.copyOf(operations));
    }

    private static Outcome outcome(Deed deed, Answer answer) {
        if (answer.status() == 503 && !answer.text("error").equals("no pods available")) return Outcome.UNKNOWN;
        return switch (deed) {
            case Allocate allocate -> allocated(answer);
            case Release release -> released(answer);
            default -> new Calls(answer.is(200).json().path("active_calls").asInt());
        };
    }

    private static Outcome allocated(Answer answer) {
        if (answer.status() == 503) {
            var tried = answer.json().path("pools_tried");
            return new NoPods(StreamSupport.stream(tried.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList());
        }
        var url = answer.is(200).wsUrl() + " since " + answer.text("allocated_at");
        return answer.wasExisting()
                ? new Existing(answer.pod(), answer.pool(), url)
                : new New(answer.pod(), answer.pool(), url);
    }

    private static Outcome released(Answer answer) {
        if (answer.status() == 404) return new NotFound();
        return new Released(
                answer.is(200).pod(),
                answer.text("released_to_pool"),
                answer.json().path("was_draining").asBoolean());
    }

    @Override
    public void close() {
        CompletableFuture.allOf(unheard.toArray(CompletableFuture[]::new)).join();
    }
}
