package dev.smartrouter.simulator.verdict;

import com.fasterxml.jackson.annotation.JsonValue;

/** What may never happen, the gravest first. The name is what reports say; the exit code is a process's. */
public enum Promise {
    TWO_CALLS_ON_ONE_POD("two calls on one pod", 10, "A pod never carries more calls at a time than its tier allows."),
    TWO_PODS_FOR_ONE_CALL("two pods for one call", 11, "Every answer to a living call names the same pod."),
    A_POD_LOST("a pod lost", 12, "When all calls are over, every pod that is well is available again, in one pool."),
    WITHOUT_AN_ANSWER("a caller without an answer", 13, "Whoever picks up gets a pod or an apology."),
    POD_THAT_WAS_GONE("a call given a pod that was gone", 14, "No new call is sent to a pod known to be ending."),
    CUT_SHORT("a call cut short", 15, "A call on a pod that lives is never ended by us."),
    ASTRAY("audio went astray", 16, "The socket leads to the pod that was named, and audio comes back."),
    TOO_MANY_REFUSED("too many refused", 17, "No more calls are refused than the scenario allows.");

    private final String title;
    private final int exitCode;
    private final String meaning;

    Promise(String title, int exitCode, String meaning) {
        this.title = title;
        this.exitCode = exitCode;
        this.meaning = meaning;
    }

    @JsonValue
    public String title() {
        return title;
    }

    /** What a run ends with if this is the gravest that was broken. */
    public int exitCode() {
        return exitCode;
    }

    public String meaning() {
        return meaning;
    }

    @Override
    public String toString() {
        return title;
    }
}
