package dev.smartrouter.http;

/** Hears of errors that nobody expected, after their request has been answered for. Called from request threads. */
@FunctionalInterface
public interface Panics {
    void recovered(Throwable panic);
}
