package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the calls of a stream arrive. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Arrival.Poisson.class, name = "poisson"),
    @JsonSubTypes.Type(value = Arrival.Burst.class, name = "burst"),
    @JsonSubTypes.Type(value = Arrival.Curve.class, name = "curve")
})
public sealed interface Arrival {
    /** More calls a second than any story needs; what is beyond is a slip of the finger. */
    double MOST = 1_000;

    /** In the order of time, from zero to before the end of the story. */
    List<Duration> times(Duration lasts, Chance chance);

    /** How many calls there will be, on average. */
    double expected(Duration lasts);

    /** @throws Wrong if it names a time after the end */
    default void checkOverBy(Duration lasts) {}

    /**
     * One by one, independent of each other.
     *
     * @param rate calls a second
     */
    record Poisson(double rate) implements Arrival {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Poisson {
            if (!(rate > 0 && rate <= MOST)) throw new Wrong("poisson", rateRemedy("above 0", rate));
        }

        @Override
        public List<Duration> times(Duration lasts, Chance chance) {
            return new Curve(List.of(new Point(Duration.ZERO, rate))).times(lasts, chance);
        }

        @Override
        public double expected(Duration lasts) {
            return rate * seconds(lasts);
        }
    }

    /**
     * Many within a short time, anywhere in it.
     *
     * @param calls at a time
     * @param at the start of the first burst
     * @param over from the first call of a burst to its last, at most
     * @param every from the start of one burst to that of the next; null: there is one
     */
    record Burst(
            int calls, Duration at, Duration over, @Nullable Duration every) implements Arrival {
        public Burst {
            if (calls < 1 || calls > 10_000) throw new Wrong("burst.calls", "must be from 1 to 10000, not " + calls);
            Times.notNegative("burst.at", at);
            Times.positive("burst.over", over);
            if (every != null && every.compareTo(over) < 0) {
                throw new Wrong(
                        "burst.every",
                        "must be as long as 'over' (" + Times.text(over) + ") or longer, not " + Times.text(every));
            }
        }

        @Override
        public List<Duration> times(Duration lasts, Chance chance) {
            var times = new ArrayList<Duration>();
            for (var start = at; start.compareTo(lasts) < 0; start = start.plus(every == null ? lasts : every)) {
                for (var i = 0; i < calls; i++) {
                    var time = start.plusMillis((long) (chance.fraction() * over.toMillis()));
                    if (time.compareTo(lasts) < 0) times.add(time);
                }
            }
            times.sort(null);
            return times;
        }

        @Override
        public double expected(Duration lasts) {
            return every == null ? calls : calls * (1 + seconds(lasts.minus(at)) / seconds(every));
        }

        @Override
        public void checkOverBy(Duration lasts) {
            Times.notAfter("burst.at", at.plus(over), lasts);
        }
    }

    /** A rate that changes: straight lines from point to point, level before the first and after the last. */
    record Curve(List<Point> points) implements Arrival {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Curve {
            points = List.copyOf(points);
            if (points.isEmpty()) throw new Wrong("curve", "must have at least one point such as [0s, 0.5]");
            for (var i = 1; i < points.size(); i++) {
                var before = points.get(i - 1).at;
                if (points.get(i).at.compareTo(before) <= 0) {
                    throw new Wrong(
                            "curve[" + i + "]",
                            "must be later than the point before it (" + Times.text(before) + "), not "
                                    + Times.text(points.get(i).at));
                }
            }
            if (highest(points) == 0) throw new Wrong("curve", "must have a point with a rate above 0, not only zeros");
        }

        /** By thinning: calls at the highest rate, each kept with the part of it that its moment has. */
        @Override
        public List<Duration> times(Duration lasts, Chance chance) {
            var times = new ArrayList<Duration>();
            var highest = highest(points);
            for (var at = chance.exponential() / highest; at < seconds(lasts); at += chance.exponential() / highest) {
                if (chance.fraction() * highest < rateAt(at)) times.add(Duration.ofMillis((long) (at * 1_000)));
            }
            return times;
        }

        @Override
        public double expected(Duration lasts) {
            var sum = points.getFirst().rate * seconds(points.getFirst().at);
            for (var i = 1; i < points.size(); i++) {
                var from = points.get(i - 1);
                var to = points.get(i);
                sum += (from.rate + to.rate) / 2 * seconds(to.at.minus(from.at));
            }
            return sum + points.getLast().rate * seconds(lasts.minus(points.getLast().at));
        }

        @Override
        public void checkOverBy(Duration lasts) {
            Times.notAfter("curve[" + (points.size() - 1) + "]", points.getLast().at, lasts);
        }

        private double rateAt(double second) {
            var before = points.getFirst();
            for (var point : points) {
                var at = seconds(point.at);
                if (second < at) {
                    var part = before.equals(point) ? 0 : (second - seconds(before.at)) / (at - seconds(before.at));
                    return before.rate + part * (point.rate - before.rate);
                }
                before = point;
            }
            return before.rate;
        }

        private static double highest(List<Point> points) {
            return points.stream().mapToDouble(Point::rate).max().orElse(0);
        }
    }

    /**
     * A point of a curve.
     *
     * @param rate calls a second
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"at", "rate"})
    record Point(Duration at, double rate) {
        public Point {
            Times.notNegative("[0]", at);
            if (!(rate >= 0 && rate <= MOST)) throw new Wrong("[1]", rateRemedy("from 0", rate));
        }
    }

    private static String rateRemedy(String least, double rate) {
        return "must be calls a second, " + least + " to " + (int) MOST + ", not " + rate;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
