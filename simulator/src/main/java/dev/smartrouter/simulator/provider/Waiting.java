package dev.smartrouter.simulator.provider;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits on a virtual thread, which costs nothing while it waits. */
final class Waiting {
    private Waiting() {}

    /** @return whether one of them came about, well or not, within the time */
    static boolean forAny(Duration within, CompletableFuture<?>... events) {
        try {
            CompletableFuture.anyOf(events).get(Math.max(within.toNanos(), 0), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
