package dev.smartrouter.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * One connection to Redis, shared by all who wait: whatever is queued goes out together and one network exchange
 * serves it all. While Redis works on it, the replies to what went before are handed out. A lost reply leaves an unknown
 * outcome, so the same script is sent again, with the same arguments, at most twice; scripts are safe to repeat. A full
 * queue refuses at once.
 */
final class RedisLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final int BATCH = 64;
    private static final int QUEUE = 1024;
    /**
     * What overload may add to an answer: long enough for 500 calls at once, short enough that who is refused hears it
     * within 50 ms (docs/performance.md).
     */
    private static final Duration MOST_LAG = Duration.ofMillis(60);

    private static final Duration BETWEEN_CONNECTS = Duration.ofMillis(50);
    private static final Duration IDLE_TURN = Duration.ofMillis(100);
    /** Errors after which the server is not to be trusted with writes; what they answer was not run. */
    private static final List<String> UNFIT = List.of(
            "READONLY", "LOADING", "MASTERDOWN", "NOREPLICAS", "OOM", "CLUSTERDOWN", "TRYAGAIN", "MISCONF", "BUSY");

    private final RedisConnector connector;
    private final RedisClock clock;
    private final String anchor;
    private final Supplier<List<String>> commonArgs;
    private final LinkQueue queue = new LinkQueue(QUEUE);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final LongAdder scripts = new LongAdder();
    private final LongAdder exchanges = new LongAdder();
    private volatile boolean connected;
    /** How long the one that was sent last had waited. */
    private volatile long lagNanos;

    // only the thread's, from here on
    private @Nullable PipelinedConnection connection;
    private String trouble = "";
    /** To be sent, or sent and without a reply. */
    private final List<Exchange> batch = new ArrayList<>(BATCH);
    /** Has replies that nobody was told yet. */
    private Answered answered = Answered.NOTHING;
    /** What goes out with the next batch, because Redis replied that it was not run. */
    private final List<Exchange> again = new ArrayList<>();

    private boolean mustReconnect;

    private record Answered(List<Exchange> exchanges, List<Object> replies) {
        static final Answered NOTHING = new Answered(List.of(), List.of());
    }

    RedisLink(
            String name, RedisConnector connector, RedisClock clock, String anchor, Supplier<List<String>> commonArgs) {
        this.connector = connector;
        this.clock = clock;
        this.anchor = anchor;
        this.commonArgs = commonArgs;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::serve);
    }

    /**
     * Runs a script and waits for its reply.
     *
     * @throws StoreBusyException at once if too many wait already
     * @throws UnansweredException if there is no reply in time
     * @throws StoreUnavailableException if it surely was not run
     */
    Reply run(Script script, List<String> args, Patience patience) {
        var start = clock.nanos();
        if (patience.yields() && isBehind()) throw new StoreBusyException("requests wait for Redis for too long");
        var exchange = new Exchange(script, args, start, patience.runWithin());
        if (!queue.offer(exchange)) throw new StoreBusyException("more than " + QUEUE + " requests wait for Redis");
        try {
            return exchange.reply.get(patience.waitFor().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            exchange.reply.cancel(false);
            throw unanswered(
                    exchange,
                    "Redis did not answer within " + patience.waitFor().toMillis() + " ms",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.reply.cancel(false);
            throw unanswered(exchange, "interrupted while Redis was asked", e);
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw unanswered(exchange, script.name() + ": " + cause.getMessage(), cause);
        }
    }

    /**
     * True while what yields must not queue: half of the room is left to the rest, and what waits is to be sent soon.
     * A batch may always wait, so that there is never nothing to send.
     */
    private boolean isBehind() {
        var before = queue.size();
        return before > QUEUE / 2 || (before > BATCH && lagNanos > MOST_LAG.toNanos());
    }

    private static StoreUnavailableException unanswered(Exchange exchange, String message, Throwable cause) {
        if (cause instanceof JedisDataException) return new StoreUnavailableException(message, cause);
        return exchange.wasSent()
                ? new UnansweredException(message, cause)
                : new StoreUnavailableException(message, cause);
    }

    boolean isConnected() {
        return connected;
    }

    int queued() {
        return queue.size();
    }

    /** Scripts sent since the start. */
    long scripts() {
        return scripts.sum();
    }

    /** Network exchanges since the start; fewer than scripts under load. */
    long exchanges() {
        return exchanges.sum();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        while (closed.getCount() > 0) {
            try {
                turn();
            } catch (InterruptedException e) {
                break; // only close() interrupts
            } catch (RuntimeException | Error e) {
                log.error("the link to Redis stumbled and goes on", e);
                disconnect();
                handOut();
                fail(e);
            }
        }
        disconnect();
        handOut();
        queue.drainTo(batch, QUEUE);
        fail(new StoreUnavailableException("the router is stopping"));
    }

    /** One turn: takes what waits, sends it, hands out the replies of the turn before, hears this one's. */
    private void turn() throws InterruptedException {
        if (mustReconnect) disconnect();
        take();
        drop();
        if (batch.isEmpty() || connection == null) handOut();
        if (batch.isEmpty()) return;
        var open = ensureConnected();
        if (open == null) return; // they stay, and are tried again as long as they are wanted
        try {
            send(open);
            handOut();
            answered = receive(open);
            batch.clear();
        } catch (JedisException e) {
            log.warn("lost Redis with {} requests on their way: {}", batch.size(), e.getMessage());
            disconnect();
            handOut();
            drop();
        }
    }

    /** Waits for something to do, if there is nothing. */
    private void take() throws InterruptedException {
        batch.addAll(again);
        again.clear();
        queue.drainTo(batch, BATCH - batch.size());
        if (batch.isEmpty() && answered.exchanges.isEmpty()) {
            queue.await(IDLE_TURN);
            queue.drainTo(batch, BATCH);
            if (batch.isEmpty() && connection == null) ensureConnected();
        }
        lagNanos = batch.isEmpty() ? 0 : clock.nanos() - batch.getLast().queuedNanos;
    }

    private @Nullable PipelinedConnection ensureConnected() throws InterruptedException {
        if (connection == null) {
            try {
                connection = connector.connect(commonArgs.get());
                if (!connected) log.info("connected to Redis");
                connected = true;
                trouble = "";
            } catch (JedisException e) {
                connected = false;
                complain(String.valueOf(e.getMessage()));
                if (closed.await(BETWEEN_CONNECTS.toMillis(), TimeUnit.MILLISECONDS)) throw new InterruptedException();
            }
        }
        return connection;
    }

    /** Once, and again if it is something else: a wrong password must be told from a server that is not there. */
    private void complain(String what) {
        if (!what.equals(trouble)) log.warn("no connection to Redis: {}", what);
        trouble = what;
    }

    private void send(PipelinedConnection open) {
        var common = commonArgs.get();
        for (var each : batch) {
            each.countTry();
            open.sendCommand(command(each, common));
        }
        open.sendNow();
    }

    private Answered receive(Connection open) {
        scripts.add(batch.size());
        exchanges.increment();
        var replies = open.getMany(batch.size());
        mustReconnect = replies.stream().anyMatch(RedisLink::isElsewhere);
        return new Answered(List.copyOf(batch), replies);
    }

    private CommandArguments command(Exchange exchange, List<String> common) {
        var script = exchange.script;
        var command = exchange.byHash
                ? new CommandArguments(Command.EVALSHA).add(script.sha())
                : new CommandArguments(Command.EVAL).add(script.source());
        command.add(1).key(anchor);
        exchange.args(common, clock).forEach(command::add);
        return command;
    }

    private void handOut() {
        var each = answered;
        answered = Answered.NOTHING;
        for (int i = 0; i < each.exchanges.size(); i++) handOut(each.exchanges.get(i), each.replies.get(i));
    }

    private void handOut(Exchange exchange, Object reply) {
        switch (reply) {
            case JedisNoScriptException e -> {
                exchange.byHash = false;
                sendAgain(exchange);
            }
            case JedisRedirectionException e -> sendAgain(exchange); // to the right node
            case JedisDataException e -> exchange.reply.completeExceptionally(e);
            case Object raw -> {
                try {
                    exchange.reply.complete(Reply.of(raw));
                } catch (RuntimeException e) { // its neighbours' replies are good
                    exchange.reply.completeExceptionally(e);
                }
            }
        }
    }

    private void sendAgain(Exchange exchange) {
        exchange.wasNotRun();
        again.add(exchange);
    }

    /** True if another server, or another connection, is the right one now. */
    private static boolean isElsewhere(Object reply) {
        return reply instanceof JedisRedirectionException || (reply instanceof JedisDataException e && isUnfit(e));
    }

    /** True if Redis ran the script and the script failed: an error of its own, which no retry and no wait mends. */
    static boolean isFault(RuntimeException e) {
        return e.getCause() instanceof JedisDataException cause && !isUnfit(cause);
    }

    private static boolean isUnfit(JedisDataException e) {
        var message = String.valueOf(e.getMessage());
        return UNFIT.stream().anyMatch(message::startsWith);
    }

    /** Takes out who has an answer, or waits no more. */
    private void drop() {
        var now = clock.nanos();
        batch.removeIf(each -> {
            if (each.wanted(now)) return false;
            if (!each.reply.isDone())
                each.reply.completeExceptionally(new StoreUnavailableException("Redis could not be reached in time"));
            return true;
        });
    }

    private void fail(Throwable e) {
        for (var each : batch) each.reply.completeExceptionally(e);
        for (var each : again) each.reply.completeExceptionally(e);
        batch.clear();
        again.clear();
    }

    private void disconnect() {
        if (connection != null) RedisConnector.closeQuietly(connection);
        connection = null;
        mustReconnect = false;
    }
}
