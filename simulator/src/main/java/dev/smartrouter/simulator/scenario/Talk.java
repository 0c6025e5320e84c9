package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** How long calls last, from the first audio to hanging up. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Talk.Fixed.class, name = "fixed"),
    @JsonSubTypes.Type(value = Talk.Uniform.class, name = "uniform"),
    @JsonSubTypes.Type(value = Talk.Lognormal.class, name = "lognormal")
})
public sealed interface Talk {
    /** To the millisecond; never zero. */
    Duration draw(Chance chance);

    /** All the same. */
    record Fixed(Duration length) implements Talk {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Fixed {
            Times.positive("fixed", length);
        }

        @Override
        public Duration draw(Chance chance) {
            return length;
        }
    }

    /** Each length between two is as likely as any other. */
    record Uniform(Duration from, Duration to) implements Talk {
        public Uniform {
            Times.positive("uniform.from", from);
            if (to.compareTo(from) < 0) {
                throw new Wrong(
                        "uniform.to",
                        "must be as long as 'from' (" + Times.text(from) + ") or longer, not " + Times.text(to));
            }
        }

        @Override
        public Duration draw(Chance chance) {
            return from.plusMillis((long) (chance.fraction() * (to.toMillis() - from.toMillis() + 1)));
        }
    }

    /**
     * As phone calls are: many short ones, a few long ones, none longer than three times {@code p95}.
     *
     * @param median half of the calls are shorter
     * @param p95 nineteen of twenty are shorter
     */
    record Lognormal(Duration median, Duration p95) implements Talk {
        /** Of the standard normal distribution. */
        private static final double QUANTILE_95 = 1.6448536269514722;

        public Lognormal {
            Times.positive("lognormal.median", median);
            if (p95.compareTo(median) <= 0) {
                throw new Wrong(
                        "lognormal.p95",
                        "must be longer than 'median' (" + Times.text(median) + "), not " + Times.text(p95));
            }
        }

        @Override
        public Duration draw(Chance chance) {
            var spread = StrictMath.log((double) p95.toMillis() / median.toMillis()) / QUANTILE_95;
            var millis = median.toMillis() * StrictMath.exp(spread * chance.normal());
            return Duration.ofMillis(Math.max(1, Math.min((long) millis, 3 * p95.toMillis())));
        }
    }
}
