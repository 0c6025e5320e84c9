package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.SlowRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More callers than Redis can serve in time: some are sent away at once, so that the others are served. */
class OverloadIT {
    private static final int CALLERS = 240;
    private static final int CALLS = 4;
    private static final Town town = Town.found();

    @BeforeAll
    static void open() {
        var pods = IntStream.range(0, 2 * CALLERS).mapToObj(i -> "voice-agent-" + i);
        town.tiers("{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}")
                .pods("gold", pods.toArray(String[]::new))
                .routers(1);
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void whoCannotBeServedInTimeIsRefusedAtOnceAndNoCallIsLost() {
        List<Answer> answers;
        try (var slow = new SlowRedis(town.redis(), Duration.ofMillis(60))) {
            answers = Crowd.each(CALLERS, OverloadIT::callAgainAndAgain).stream()
                    .flatMap(List::stream)
                    .toList();
        }
        var served = answers.stream().filter(Answer::isOk).toList();
        var refused = answers.stream().filter(answer -> !answer.isOk()).toList();
        assertThat(served).isNotEmpty();
        assertThat(refused).isNotEmpty().allSatisfy(answer -> {
            answer.is(503);
            assertThat(answer.body()).contains("store unavailable");
        });
        // where the machine has no time either, many a refusal is late; that they come at once is a matter of the bench
        assertThat(within(.1, refused)).isLessThan(within(.5, served));
        town.awaitWhole();
        Awaitility.await("service as ever")
                .atMost(Duration.ofSeconds(5))
                .until(() -> town.caller().allocate("CA-after").took().compareTo(Duration.ofMillis(100)) < 0);
        town.caller().release("CA-after").is(200);
    }

    private static List<Answer> callAgainAndAgain(int caller) {
        return IntStream.range(0, CALLS)
                .mapToObj(i -> call("CA-" + caller + "-" + i))
                .toList();
    }

    private static Answer call(String call) {
        var answer = town.caller().allocate(call);
        if (answer.isOk()) town.caller().release(call);
        return answer;
    }

    private static Duration within(double share, List<Answer> answers) {
        return answers.stream().map(Answer::took).sorted().toList().get((int) (share * answers.size()));
    }
}
