package dev.smartrouter.simulator.scenario;

import dev.smartrouter.simulator.provider.Telephony;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that have much in common; a scenario's calls are those of all its streams.
 *
 * @param providers by {@link Telephony#lower()}
 * @param merchants by id, or {@link #NO_MERCHANT}; null: as the scenario's merchants say
 * @param agentHangsUp of the calls that talk, how many the agent ends
 * @param noStatusCallback of the calls that were picked up, how many the provider forgets to report as ended
 */
public record CallStream(
        Arrival arrive,
        Talk talk,
        Weights providers,
        @Nullable Weights merchants,
        Duplicates duplicates,
        Share unanswered,
        Share busy,
        Share hangsUpEarly,
        Share agentHangsUp,
        Share noStatusCallback) {

    /** Stands for a call whose webhook names no merchant. */
    public static final String NO_MERCHANT = "none";

    private static final List<String> PROVIDERS =
            Arrays.stream(Telephony.values()).map(Telephony::lower).toList();

    public CallStream {
        for (var name : providers.names()) {
            if (!PROVIDERS.contains(name)) {
                throw new Wrong("providers." + name, "must be one of " + PROVIDERS + ", not '" + name + "'");
            }
        }
        var sum = unanswered.fraction() + busy.fraction() + hangsUpEarly.fraction();
        if (sum > 1 + 1e-9) {
            throw new Wrong(
                    "unanswered",
                    "must leave 'busy' and 'hangs-up-early' their shares, and the three come to "
                            + Math.round(sum * 100) + "%");
        }
    }

    /**
     * Webhooks that come more than once, as after a provider's timeout.
     *
     * @param share of the calls, how many
     * @param times how often the webhook comes again
     * @param apart from one to the next
     */
    public record Duplicates(Share share, int times, Duration apart) {
        public Duplicates {
            if (times < 1 || times > 100) throw new Wrong("times", "must be from 1 to 100, not " + times);
            Times.positive("apart", apart);
        }
    }
}
