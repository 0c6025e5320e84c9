package dev.smartrouter.cluster;

import dev.smartrouter.pool.Leadership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This replica's term, if it has one: read by every writer, changed by one thread. It ends by itself when its time is
 * over, by monotonic time, even if that thread is stuck.
 */
final class Tenure {
    private static final Logger log = LoggerFactory.getLogger(Tenure.class);

    private final LongSupplier nanos;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Term> term = new AtomicReference<>();
    private final List<TermListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong count = new AtomicLong();
    private boolean told;

    private record Term(long token, Instant since, long until) {}

    Tenure(LongSupplier nanos, InstantSource clock) {
        this.nanos = nanos;
        this.clock = clock;
    }

    void listen(TermListener listener) {
        listeners.add(listener);
    }

    OptionalLong token() {
        return current().map(t -> OptionalLong.of(t.token)).orElseGet(OptionalLong::empty);
    }

    /** What writes carry: the token, or outside a term one that is refused. */
    OptionalLong tokenOfWrites() {
        var now = token();
        return now.isPresent() ? now : Leadership.BETWEEN_TERMS;
    }

    Optional<Instant> since() {
        return current().map(Term::since);
    }

    long count() {
        return count.get();
    }

    /** @param until when it ends unless it is extended, in ns of the monotonic clock */
    void begin(long token, long until) {
        var begun = new Term(token, clock.instant(), until);
        if (isOver(begun)) {
            log.warn("no term begins: its time was over before it could");
            return;
        }
        term.set(begun);
        log.info("this replica leads, with token {}: term {} of this process", token, count.incrementAndGet());
        told = true;
        tell(listener -> listener.onGained(token));
    }

    void extend(long until) {
        var now = term.get();
        // only on what was read: the term may just have been fenced
        if (now != null) term.compareAndSet(now, new Term(now.token, now.since, until));
    }

    /** Ends the term if there is one, and then says so. */
    void end(String why) {
        var ended = term.getAndSet(null);
        if (ended != null) {
            var led = Duration.between(ended.since, clock.instant());
            log.info("this replica leads no longer, after {}: {}", led, why);
        }
        settle();
    }

    /** Ends a term whose time is over, and tells of one that was fenced. */
    void settle() {
        var now = term.get();
        if (now != null && isOver(now)) {
            end("the Lease was not renewed in time");
        } else if (now == null && told) {
            told = false;
            tell(TermListener::onLost);
        }
    }

    void fenced(long token) {
        var now = term.get();
        if (now != null && now.token == token && term.compareAndSet(now, null)) {
            log.warn("the store knows of a leader after token {}: this term is over", token);
        }
    }

    private Optional<Term> current() {
        return Optional.ofNullable(term.get()).filter(t -> !isOver(t));
    }

    private boolean isOver(Term some) {
        return nanos.getAsLong() - some.until >= 0;
    }

    private void tell(Consumer<TermListener> news) {
        for (var listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                log.error("a listener stumbled over a change of leader", e);
            }
        }
    }
}
