package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever befalls the cluster, in whatever order, one thing before the other is over. */
class AnySequenceStoryIT {
    @RegisterExtension
    static final Story story = new Story();

    private static final int DEEDS = 6;

    @Test
    void noSequenceOfDeedsBreaksAPromise() throws InterruptedException {
        var seed = Long.getLong("stories.seed", ThreadLocalRandom.current().nextLong());
        System.out.println("-Dstories.seed=" + seed);
        story.callers().repeatNothing(); // routers come and go
        JqwikSession.run(
                Long.toString(seed),
                () -> deeds().sample()
                        .withInvariant(
                                "no promise is broken",
                                now -> assertThat(now.soFar().broken()).isEmpty())
                        .withInvariant(
                                "no webhook failed",
                                now -> assertThat(now.callers().failedWebhooks())
                                        .isEmpty())
                        .run());
        story.deeds().scaleAgents(5);
        story.system().awaitWhole();
        story.awaitPools(5);
        story.everyPromiseWasKept();
    }

    private static ActionChainArbitrary<Story> deeds() {
        return ActionChain.<Story>startWith(() -> story)
                .withAction(onAnAgent("evict", (now, pod) -> now.deeds().evict(pod)))
                .withAction(onAnAgent("delete", (now, pod) -> now.deeds().delete(pod)))
                .withAction(onAnAgent("remove", (now, pod) -> now.deeds().remove(pod)))
                .withAction(onAnAgent("crash", Story::crash))
                .withAction(Action.just("remove the leader", now -> {
                    now.system().leader().ifPresent(now.deeds()::remove);
                    return then(now);
                }))
                .withAction(Action.just("restart the routers", now -> {
                    now.deeds().restart("smart-router");
                    return then(now);
                }))
                .withAction(deed(
                        "scale to",
                        between(4, 7),
                        (now, replicas) -> now.deeds().scaleAgents(replicas)))
                .withMaxTransformations(DEEDS);
    }

    private static Action<Story> onAnAgent(String what, BiConsumer<Story, String> deed) {
        return deed(what + " agent", between(0, 6), (now, number) -> {
            var pods = now.system().pods("voice-agent");
            if (pods.isEmpty()) return;
            deed.accept(now, pods.get(number % pods.size()).getMetadata().getName());
        });
    }

    private static Action<Story> deed(String what, Arbitrary<Integer> which, BiConsumer<Story, Integer> deed) {
        return (Action.Independent<Story>) () -> which.map(number -> Transformer.transform(what + " " + number, now -> {
            deed.accept(now, number);
            return then(now);
        }));
    }

    private static Arbitrary<Integer> between(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }

    /** Some calls later. */
    private static Story then(Story now) {
        now.callers().awaitMore(5);
        return now;
    }
}
