package dev.smartrouter.simulator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
    @Test
    void whatManyThreadsTellAtATimeIsAllWrittenDownInTheOrderOfTime() throws InterruptedException {
        var ticker = new AtomicLong();
        var ledger = new Ledger(ticker::incrementAndGet);
        var tellers = IntStream.range(0, 8)
                .<Callable<Void>>mapToObj(teller -> () -> {
                    for (int i = 0; i < 1_000; i++) ledger.asked("CA" + i % 10, teller * 1_000 + i);
                    return null;
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            threads.invokeAll(tellers);
        }
        var calls = ledger.history(true).calls();
        assertThat(calls)
                .hasSize(10)
                .allSatisfy(call -> assertThat(call.facts())
                        .hasSize(800)
                        .isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at())));
    }
}
