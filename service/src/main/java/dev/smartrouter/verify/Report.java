package dev.smartrouter.verify;

import java.time.Duration;
import java.util.List;

/**
 * What a look at the store showed.
 *
 * @param complete whether all of it was looked at, and each suspect twice, before time was up
 * @param pods looked at, known or not
 * @param calls looked at
 */
public record Report(List<Finding> findings, boolean complete, int pods, int calls, Duration took) {
    public Report {
        findings = List.copyOf(findings);
    }

    public boolean whole() {
        return complete && findings.isEmpty();
    }

    /** One line for an operator. */
    public String summary() {
        var found = findings.isEmpty() ? complete ? "whole" : "nothing wrong so far" : findings.size() + " found";
        var looked = pods + " pods and " + calls + " calls in " + took.toMillis() + " ms";
        return found + ": " + looked + (complete ? "" : "; time was up before all was looked at");
    }
}
