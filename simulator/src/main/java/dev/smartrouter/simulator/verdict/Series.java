package dev.smartrouter.simulator.verdict;

import dev.smartrouter.simulator.provider.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A run over time, coarse enough to be drawn. In {@code report.json} the names are the same in snake case, and stay. All
 * times are seconds from the beginning of the story, on this machine's clock.
 *
 * @param width seconds that one entry of {@code at} and of the six lists after it stands for
 * @param at where each entry begins
 * @param answered answers a second that name a pod; duplicates count
 * @param refused apologies a second
 * @param none webhooks a second that came to nothing a provider can use
 * @param p50Ms milliseconds from a call's first webhook to its first usable answer; null where none came
 * @param p99Ms the same for 99 of 100
 * @param calls that had a pod and were not over
 * @param poolsAt when the pools were looked at
 * @param pools each with as many entries as {@code pools_at}
 * @param events marks on the time axis
 */
public record Series(
        double width,
        List<Double> at,
        List<Double> answered,
        List<Double> refused,
        List<Double> none,
        List<@Nullable Double> p50Ms,
        List<@Nullable Double> p99Ms,
        List<Integer> calls,
        List<Double> poolsAt,
        List<Pool> pools,
        List<Event> events) {
    private static final int MOST_BINS = 150;
    private static final int MOST_LOOKS = 400;
    private static final double[] WIDTHS = {0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600};

    /** Entries are null where the store did not answer, or did not know the pool. */
    public record Pool(
            String name,
            List<@Nullable Integer> assigned,
            List<@Nullable Integer> available,
            List<@Nullable Integer> calls,
            List<@Nullable Integer> draining) {}

    public record Event(double at, String label) {}

    static Series of(History history, List<StoreSample> samples) {
        var seconds = Math.max((history.now() - history.begin()) / 1e9, 1);
        var width = width(seconds);
        var bins = new Bins(history.begin(), (long) (width * 1e9), (int) Math.ceil(seconds / width));
        var waits = waits(history, bins);
        var concurrency = new Concurrency(history.calls());
        var kept = thinned(samples);
        return new Series(
                width,
                IntStream.range(0, bins.count()).mapToObj(bin -> bin * width).toList(),
                rate(history, bins, Answer.Stream.class, width),
                rate(history, bins, Answer.Apology.class, width),
                rate(history, bins, Answer.Unusable.class, width),
                column(waits, Spread::p50Ms),
                column(waits, Spread::p99Ms),
                IntStream.range(0, bins.count())
                        .mapToObj(bin -> concurrency.at(bins.endOf(bin)))
                        .toList(),
                kept.stream().map(sample -> history.seconds(sample.at())).toList(),
                pools(kept),
                history.events().stream()
                        .map(event -> new Event(history.seconds(event.at()), event.label()))
                        .toList());
    }

    private record Bins(long begin, long width, int count) {
        int of(long at) {
            return (int) Math.min(Math.max((at - begin) / width, 0), count - 1);
        }

        long endOf(int bin) {
            return begin + (bin + 1) * width;
        }
    }

    private static double width(double seconds) {
        for (var width : WIDTHS) {
            if (seconds / width <= MOST_BINS) return width;
        }
        return Math.ceil(seconds / MOST_BINS);
    }

    private static List<Double> rate(History history, Bins bins, Class<? extends Answer> kind, double width) {
        var counts = new long[bins.count()];
        history.calls().stream()
                .flatMap(call -> call.all(Fact.Answered.class))
                .filter(fact -> kind.isInstance(fact.answer()))
                .forEach(fact -> counts[bins.of(fact.at())]++);
        return LongStream.of(counts).mapToObj(count -> count / width).toList();
    }

    private static List<Spread> waits(History history, Bins bins) {
        var waits = new ArrayList<LongStream.Builder>();
        for (int bin = 0; bin < bins.count(); bin++) waits.add(LongStream.builder());
        for (var call : history.calls()) {
            call.waited()
                    .ifPresent(wait -> waits.get(
                                    bins.of(call.firstUsable().orElseThrow().at()))
                            .add(wait));
        }
        return waits.stream().map(wait -> Spread.ofNanos(wait.build())).toList();
    }

    private static List<StoreSample> thinned(List<StoreSample> samples) {
        var stride = Math.ceilDiv(samples.size(), MOST_LOOKS);
        return IntStream.range(0, samples.size())
                .filter(i -> i % Math.max(1, stride) == 0)
                .mapToObj(samples::get)
                .toList();
    }

    private static List<Pool> pools(List<StoreSample> samples) {
        var names = new LinkedHashSet<String>();
        samples.forEach(sample -> sample.pools().forEach(pool -> names.add(pool.name())));
        return names.stream()
                .map(name -> new Pool(
                        name,
                        column(samples, name, StoreSample.Pool::assigned),
                        column(samples, name, StoreSample.Pool::available),
                        column(samples, name, StoreSample.Pool::calls),
                        column(samples, name, StoreSample.Pool::draining)))
                .toList();
    }

    private static List<@Nullable Double> column(List<Spread> spreads, ToDoubleFunction<Spread> figure) {
        var column = new ArrayList<@Nullable Double>();
        for (var spread : spreads) column.add(spread.count() == 0 ? null : figure.applyAsDouble(spread));
        return Collections.unmodifiableList(column);
    }

    private static List<@Nullable Integer> column(
            List<StoreSample> samples, String name, ToIntFunction<StoreSample.Pool> figure) {
        var column = new ArrayList<@Nullable Integer>();
        for (var sample : samples) {
            var seen = sample.pools().stream().filter(pool -> pool.name().equals(name));
            var pool = seen.findFirst();
            column.add(pool.isPresent() ? figure.applyAsInt(pool.get()) : null);
        }
        return Collections.unmodifiableList(column);
    }
}
