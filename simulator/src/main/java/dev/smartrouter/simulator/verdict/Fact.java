package dev.smartrouter.simulator.verdict;

import dev.smartrouter.simulator.agent.ReleasePath;
import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.CallPlan;
import dev.smartrouter.simulator.provider.CallWatch.Ended;
import java.time.Duration;

/** Something that a provider or an agent saw of one call. */
sealed interface Fact {
    /** When, in nanoseconds on the ledger's ticker. */
    long at();

    /** For a timeline that people read. */
    String words();

    record Placed(long at, CallPlan plan) implements Fact {
        @Override
        public String words() {
            return "placed by " + plan.telephony().lower()
                    + (plan.merchant().isEmpty() ? "" : " for " + plan.merchant()) + ", " + plan.fate();
        }
    }

    record Asked(long at, int attempt) implements Fact {
        @Override
        public String words() {
            return "webhook " + attempt + " sent";
        }
    }

    record Answered(long at, int attempt, Answer answer, Duration took) implements Fact {
        @Override
        public String words() {
            var what = switch (answer) {
                case Answer.Stream(var socket, var pod) -> "go to " + pod;
                case Answer.Apology(var said) -> "sorry: " + said;
                case Answer.Unusable(var why) -> "nothing usable: " + why;
            };
            return "webhook %d answered after %d ms: %s".formatted(attempt, took.toMillis(), what);
        }
    }

    record Connected(long at, String pod, Duration took) implements Fact {
        @Override
        public String words() {
            return "the provider is connected to %s after %d ms".formatted(pod, took.toMillis());
        }
    }

    record Ending(long at) implements Fact {
        @Override
        public String words() {
            return "the provider begins to say that it is over";
        }
    }

    record Over(long at, Ended how) implements Fact {
        @Override
        public String words() {
            return "over: %s (%s); %d frames sent, %d heard, %d ms of silence at worst"
                    .formatted(
                            how.why(),
                            how.complete() ? "as planned" : "not as planned",
                            how.sent(),
                            how.heard(),
                            how.worstGap().toMillis());
        }
    }

    record Joined(long at, String pod, String uid) implements Fact {
        @Override
        public String words() {
            return "its socket opened on " + pod + " (" + uid + ")";
        }
    }

    record Left(long at, String pod, String uid) implements Fact {
        @Override
        public String words() {
            return "its socket closed on " + pod;
        }
    }

    record Releasing(long at, ReleasePath path) implements Fact {
        @Override
        public String words() {
            return "the agent begins to release it, " + path;
        }
    }

    record Released(long at, ReleasePath path, int status) implements Fact {
        @Override
        public String words() {
            return "release by " + path + (status == 0 ? " got no answer" : " answered " + status);
        }
    }
}
