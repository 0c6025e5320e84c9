package dev.smartrouter.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * Whether new calls may be sent to this router. Answers from what is known already, so it is as fast while Redis is
 * frozen as at any other time.
 */
final class Readiness {
    private enum Phase {
        STARTING,
        SERVING,
        STOPPING
    }

    private volatile BooleanSupplier storeAnswers = () -> false;
    private volatile BooleanSupplier gateOpen = () -> false;
    private volatile Phase phase = Phase.STARTING;
    private final List<Runnable> farewells = new CopyOnWriteArrayList<>();

    /** From now on asks these; neither may wait for anything. */
    void follow(BooleanSupplier storeAnswers, BooleanSupplier gateOpen) {
        this.storeAnswers = storeAnswers;
        this.gateOpen = gateOpen;
    }

    /** Why no call should come here, for people to read; empty if calls may. */
    Optional<String> objection() {
        return routerObjection().or(this::storeObjection).or(this::gateObjection);
    }

    Optional<String> storeObjection() {
        return storeAnswers.getAsBoolean() ? Optional.empty() : Optional.of("redis does not answer");
    }

    Optional<String> gateObjection() {
        return gateOpen.getAsBoolean() ? Optional.empty() : Optional.of("recovering");
    }

    /** The same for the router by itself, which without Redis can still apologise. */
    Optional<String> routerObjection() {
        return switch (phase) {
            case STARTING -> Optional.of("starting");
            case SERVING -> Optional.empty();
            case STOPPING -> Optional.of("stopping");
        };
    }

    void serving() {
        if (phase == Phase.STARTING) phase = Phase.SERVING;
    }

    /** To be done as soon as the router begins to stop, and safe to repeat. */
    void whenStopping(Runnable farewell) {
        farewells.add(farewell);
    }

    void stopping() {
        phase = Phase.STOPPING;
        farewells.forEach(Runnable::run);
    }
}
