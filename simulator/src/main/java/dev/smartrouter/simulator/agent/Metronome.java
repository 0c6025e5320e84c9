package dev.smartrouter.simulator.agent;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One beat of 20 ms for all that talk of their own accord: one thread, however many they are. */
final class Metronome implements AutoCloseable {
    static final Duration BEAT = Duration.ofMillis(20);

    private final Set<MediaCall> voices = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("agent-metronome").factory());
    private long beat;

    Metronome() {
        var unused = clock.scheduleAtFixedRate(this::tick, 0, BEAT.toNanos(), TimeUnit.NANOSECONDS);
    }

    void add(MediaCall voice) {
        voices.add(voice);
    }

    void remove(MediaCall voice) {
        voices.remove(voice);
    }

    /** A voice that cannot speak never throws: a throw would silence all. */
    private void tick() {
        beat++;
        for (var voice : voices) voice.beat(beat);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
