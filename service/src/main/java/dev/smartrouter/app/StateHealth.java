package dev.smartrouter.app;

import com.codahale.metrics.health.HealthCheck;
import java.util.Optional;
import java.util.function.Supplier;

/** A health check of what is known already: unhealthy as long as there is something to say against it. */
final class StateHealth extends HealthCheck {
    private final Supplier<Optional<String>> objection;

    StateHealth(Supplier<Optional<String>> objection) {
        this.objection = objection;
    }

    @Override
    protected Result check() {
        return objection
                .get()
                .map(why -> Result.builder().unhealthy().withMessage(why).build())
                .orElseGet(Result::healthy);
    }
}
