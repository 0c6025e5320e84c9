package dev.smartrouter.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.smartrouter.verify.Finding;
import dev.smartrouter.verify.Mender.Outcome;
import dev.smartrouter.verify.Report;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as JSON.
 *
 * @param whole as the store is now
 * @param left after a repair; absent without one
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record VerifyBody(
        boolean whole,
        boolean complete,
        int pods,
        int calls,
        long tookMs,
        List<Found> findings,
        @Nullable List<Found> left) {

    record Found(
            String law, String number, String invariant, String thing, String values, String repair, String otherwise) {
        static Found of(Finding finding) {
            var law = finding.law();
            return new Found(
                    law.name(),
                    law.number(),
                    law.words(),
                    finding.thing(),
                    finding.values(),
                    law.repair().words(),
                    law.otherwise());
        }
    }

    static VerifyBody of(Report report) {
        return new VerifyBody(
                report.whole(),
                report.complete(),
                report.pods(),
                report.calls(),
                report.took().toMillis(),
                found(report),
                null);
    }

    static VerifyBody of(Outcome outcome, boolean repaired) {
        if (!repaired) return of(outcome.before());
        var after = of(outcome.after());
        return new VerifyBody(
                after.whole,
                after.complete,
                after.pods,
                after.calls,
                after.tookMs,
                found(outcome.before()),
                after.findings);
    }

    private static List<Found> found(Report report) {
        return report.findings().stream().map(Found::of).toList();
    }
}
