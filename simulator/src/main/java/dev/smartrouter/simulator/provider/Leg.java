package dev.smartrouter.simulator.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.smartrouter.simulator.provider.CarrierSettings.MediaBounds;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A call's socket to its agent: audio goes out by the metronome, and what comes back is judged frame by frame. */
final class Leg implements WebSocket.Listener {
    /** Frames whose time of sending is kept, so that an echo can be timed. */
    private static final int REMEMBERED = 512;

    /** The caller presses a key after each so many frames. */
    private static final int KEY_EVERY = 211;

    private final MediaProtocol protocol;
    private final Audio audio;
    private final MediaBounds bounds;
    private final Duration frame;
    private final Spread echoes;

    private final ReentrantLock sending = new ReentrantLock();
    private boolean over;
    private volatile @Nullable Outbox outbox;
    private @Nullable Future<?> beat;

    private final StringBuilder partial = new StringBuilder();
    private final AtomicLongArray sentAt = new AtomicLongArray(REMEMBERED);
    private final AtomicReference<@Nullable String> fault = new AtomicReference<>();
    private volatile long sent;
    private final AtomicLong heard = new AtomicLong();
    private volatile long heardAt;
    private volatile long worstGap;

    private final CompletableFuture<Void> firstAudio = new CompletableFuture<>();
    private final CompletableFuture<Closing> closed = new CompletableFuture<>();

    /** How a socket closed that we did not close. */
    sealed interface Closing {
        /** @param code of RFC 6455, section 7.4.1; 1005 if the agent gave none */
        record ByAgent(int code) implements Closing {}

        record Lost(String why) implements Closing {}
    }

    /** @param echoes the times that echoes take are added to it */
    Leg(String sid, MediaProtocol protocol, MediaBounds bounds, Spread echoes) {
        this.protocol = protocol;
        this.bounds = bounds;
        this.frame = protocol.frame(bounds.frame());
        this.audio = new Audio(sid, Math.toIntExact(frame.toMillis() * protocol.bytesPerMilli()));
        this.echoes = echoes;
    }

    /**
     * Opens the socket.
     *
     * @param tries handshakes in all, within the same time
     * @return why it did not open, if it did not
     */
    Optional<String> open(HttpClient http, URI uri, int tries) {
        var deadline = System.nanoTime() + bounds.opensWithin().toNanos();
        var why = "";
        for (var left = tries; left > 0; left--) {
            try {
                var remaining = Math.max(deadline - System.nanoTime(), 1);
                outbox = new Outbox(http.newWebSocketBuilder()
                        .connectTimeout(Duration.ofNanos(remaining))
                        .buildAsync(uri, this)
                        .join());
                return Optional.empty();
            } catch (CompletionException e) {
                why = switch (e.getCause()) {
                    case WebSocketHandshakeException refused ->
                        "refused with " + refused.getResponse().statusCode();
                    case HttpTimeoutException late -> "not connected in time";
                    case ConnectException none -> "refused";
                    case null, default -> "not connected: " + e.getCause();
                };
            }
        }
        return Optional.of(why);
    }

    /** Says hello and lets the caller speak from now on. */
    void talk(Metronome metronome, int phase) {
        sending.lock();
        try {
            protocol.hello().forEach(this::send);
            if (!over) beat = metronome.start(frame, phase, this::tick);
        } finally {
            sending.unlock();
        }
    }

    /** The caller hangs up: says goodbye, closes the socket, and cuts it if the agent does not close it too. */
    void hangUp(Duration within) {
        var open = outbox;
        if (open == null || closed.isDone()) return;
        sending.lock();
        try {
            protocol.goodbye().ifPresent(this::send);
            stop();
        } finally {
            sending.unlock();
        }
        open.close();
        if (!Waiting.forAny(within, closed)) open.cut();
    }

    CompletableFuture<Void> firstAudio() {
        return firstAudio;
    }

    /** When the agent closed the socket, or it broke. */
    CompletableFuture<Closing> closed() {
        return closed;
    }

    /** The first thing that was wrong with what the agent said. */
    Optional<String> fault() {
        return Optional.ofNullable(fault.get());
    }

    CallWatch.Ended ended(String why, boolean complete) {
        return new CallWatch.Ended(why, complete, sent, heard.get(), Duration.ofNanos(worstGap));
    }

    private void tick() {
        sending.lock();
        try {
            var open = outbox;
            if (over || open == null || open.isFull()) return;
            var number = sent;
            var millis = number * frame.toMillis();
            sentAt.set((int) (number % REMEMBERED), System.nanoTime());
            sent = number + 1;
            send(protocol.audio(number, millis, audio.frame(number)));
            if (number % KEY_EVERY == KEY_EVERY - 1) send(protocol.key((char) ('0' + number % 10), millis));
        } finally {
            sending.unlock();
        }
    }

    /** With the lock held: messages are numbered in the order they are sent. */
    private void send(String message) {
        var open = outbox;
        if (!over && open != null) open.send(message);
    }

    private void stop() {
        sending.lock();
        try {
            over = true;
            if (beat != null) beat.cancel(false);
        } finally {
            sending.unlock();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            var message = partial.toString();
            partial.setLength(0);
            hear(message);
        }
        from.request(1);
        return null;
    }

    private void hear(String message) {
        try {
            var said = protocol.read(Json.read(message));
            switch (said) {
                case MediaProtocol.Heard.Audio(var payload) -> hearAudio(payload);
                case MediaProtocol.Heard.Wrong(var why) -> blame("the agent sent " + why);
                default -> answer(said);
            }
        } catch (JsonProcessingException e) {
            blame("the agent sent no JSON: " + e.getOriginalMessage());
        }
    }

    private void answer(MediaProtocol.Heard said) {
        sending.lock();
        try {
            protocol.answer(said).ifPresent(this::send);
        } finally {
            sending.unlock();
        }
    }

    private void hearAudio(String payload) {
        var now = System.nanoTime();
        if (heard.getAndIncrement() > 0) worstGap = Math.max(worstGap, now - heardAt); // one message at a time
        heardAt = now;
        switch (audio.kindOf(payload)) {
            case ECHO -> timeEcho(now, Audio.numberOf(payload));
            case ANOTHERS -> blame("the voice of another caller");
            case DAMAGED -> blame("an echo that is not what was said");
            case AGENTS_OWN -> {}
        }
        firstAudio.complete(null);
    }

    private void timeEcho(long now, int number) {
        var age = Audio.framesSince(number, sent);
        if (age > REMEMBERED) {
            blame("an echo " + age + " frames late");
            return;
        }
        var took = now - sentAt.get((int) ((sent - age) % REMEMBERED));
        echoes.add(took);
        if (took > bounds.hearsWithin().toNanos()) {
            blame("an echo " + Duration.ofNanos(took).toMillis() + " ms late");
        }
    }

    private void blame(String why) {
        fault.compareAndSet(null, why);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        blame("the agent sent a binary message");
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        stop();
        closed.complete(code == 1006 ? new Closing.Lost("cut") : new Closing.ByAgent(code));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        stop();
        closed.complete(new Closing.Lost(String.valueOf(error.getMessage())));
    }
}
