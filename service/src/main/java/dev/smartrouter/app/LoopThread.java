package dev.smartrouter.app;

import dev.smartrouter.dashboard.LoopRow;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The one thread of a loop, which notes when the loop's last turn was over. */
final class LoopThread extends ScheduledThreadPoolExecutor {
    private final String name;
    private final Duration every;
    private final LongSupplier nanos;
    private volatile long last;

    /**
     * @param every from one turn to the next
     * @param nanos monotonic time in ns
     */
    LoopThread(String name, Duration every, LongSupplier nanos) {
        super(1, Thread.ofPlatform().daemon().name(name).factory());
        setRemoveOnCancelPolicy(true);
        this.name = name;
        this.every = every;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    String name() {
        return name;
    }

    LoopRow row() {
        return new LoopRow(name, TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - last), every.toMillis());
    }

    @Override
    protected void afterExecute(Runnable turn, @Nullable Throwable thrown) {
        super.afterExecute(turn, thrown);
        last = nanos.getAsLong();
    }
}
