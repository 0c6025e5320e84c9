package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LinkQueueTest {
    private static final Script SCRIPT = Script.of("nothing", "return {}");
    private static final Duration LONG = Duration.ofSeconds(20);

    private final LinkQueue queue = new LinkQueue(100);
    private final List<Exchange> taken = new ArrayList<>();

    @Test
    void firstInFirstOutAndNoMoreThanAskedFor() {
        var sent = IntStream.range(0, 10).mapToObj(i -> exchange()).toList();
        sent.forEach(queue::offer);
        queue.drainTo(taken, 4);
        assertThat(taken).isEqualTo(sent.subList(0, 4));
        assertThat(queue.size()).isEqualTo(6);
        queue.drainTo(taken, -1);
        assertThat(taken).hasSize(4);
        queue.drainTo(taken, 100);
        assertThat(taken).isEqualTo(sent);
        assertThat(queue.size()).isZero();
    }

    @Test
    void aFullQueueRefusesAndForgetsWhomItRefused() {
        for (int i = 0; i < 100; i++) assertThat(queue.offer(exchange())).isTrue();
        for (int i = 0; i < 50; i++) assertThat(queue.offer(exchange())).isFalse();
        assertThat(queue.size()).isEqualTo(100);
        queue.drainTo(taken, 1);
        assertThat(queue.offer(exchange())).isTrue();
        queue.drainTo(taken, 200);
        assertThat(taken).hasSize(101);
    }

    @Test
    void aSleeperIsWokenByEachThatComesAlone() throws Exception {
        for (int i = 0; i < 200; i++) {
            var caller = Thread.ofVirtual().start(() -> queue.offer(exchange()));
            while (queue.size() == 0) queue.await(LONG);
            caller.join();
            queue.drainTo(taken, 10);
        }
        assertThat(taken).hasSize(200);
    }

    @Test
    void nothingIsLostWhenManyComeAtOnce() throws Exception {
        var callers = new ArrayList<Thread>();
        for (int caller = 0; caller < 8; caller++) {
            callers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20_000; ) {
                    if (queue.offer(exchange())) i++;
                    else Thread.onSpinWait();
                }
            }));
        }
        while (taken.size() < 160_000) {
            queue.drainTo(taken, 64);
            if (queue.size() == 0 && taken.size() < 160_000) queue.await(LONG);
        }
        for (var caller : callers) caller.join();
        Set<Exchange> distinct = new HashSet<>(taken);
        assertThat(distinct).hasSize(160_000);
        assertThat(queue.size()).isZero();
    }

    @Test
    void whoSleepsCanBeInterruptedAndSleepsNoLongerThanTold() throws Exception {
        queue.await(Duration.ofMillis(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.await(LONG)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private static Exchange exchange() {
        return new Exchange(SCRIPT, List.of(), 0, Duration.ZERO);
    }
}
