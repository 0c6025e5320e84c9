package dev.smartrouter.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
 * serves it all. A lost reply leaves an unknown outcome, so the same script is sent again, with the same arguments, at
 * most twice; scripts are safe to repeat. A full queue refuses at once.
 */
final class RedisLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final int BATCH = 64;
    private static final int QUEUE = 1024;
    /** A caller hears a second of silence; this is what overload may add to an answer. */
    private static final Duration MOST_LAG = Duration.ofMillis(100);

    private static final Duration BETWEEN_CONNECTS = Duration.ofMillis(50);
    private static final Duration IDLE_TURN = Duration.ofMillis(100);
    /** Errors after which the server is not to be trusted with writes; what they answer was not run. */
    private static final List<String> UNFIT = List.of(
            "READONLY", "LOADING", "MASTERDOWN", "NOREPLICAS", "OOM", "CLUSTERDOWN", "TRYAGAIN", "MISCONF", "BUSY");

    private final RedisConnector connector;
    private final RedisClock clock;
    private final String anchor;
    private final Supplier<List<String>> commonArgs;
    private final BlockingQueue<Exchange> queue = new ArrayBlockingQueue<>(QUEUE);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final LongAdder scripts = new LongAdder();
    private final LongAdder exchanges = new LongAdder();
    private volatile boolean connected;
    /** How long the one that was sent last had waited. */
    private volatile long lagNanos;

    private @Nullable Connection connection; // only the thread's, as is the next
    private String trouble = "";

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
        var waiting = queue.size();
        return waiting > QUEUE / 2 || (waiting > BATCH && lagNanos > MOST_LAG.toNanos());
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
        var batch = new ArrayList<Exchange>(BATCH);
        while (closed.getCount() > 0) {
            try {
                turn(batch);
            } catch (InterruptedException e) {
                break; // only close() interrupts
            } catch (RuntimeException | Error e) {
                log.error("the link to Redis stumbled and goes on", e);
                disconnect();
                fail(batch, e);
            }
        }
        disconnect();
        batch.addAll(queue);
        fail(batch, new StoreUnavailableException("the router is stopping"));
    }

    /** One turn: takes what waits, sends it, hands out the replies. What got none stays in the batch. */
    private void turn(List<Exchange> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            var first = queue.poll(IDLE_TURN.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                if (connection == null) ensureConnected();
                return;
            }
            batch.add(first);
        }
        queue.drainTo(batch, BATCH - batch.size());
        lagNanos = clock.nanos() - batch.getLast().queuedNanos;
        drop(batch);
        if (batch.isEmpty()) return;
        var open = ensureConnected();
        if (open == null) return; // they stay, and are tried again as long as they are wanted
        try {
            exchange(open, batch);
        } catch (JedisException e) {
            log.warn("lost Redis with {} requests on their way: {}", batch.size(), e.getMessage());
            disconnect();
        }
        drop(batch);
    }

    private @Nullable Connection ensureConnected() throws InterruptedException {
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

    private void exchange(Connection open, List<Exchange> batch) {
        var common = commonArgs.get();
        for (var each : batch) {
            each.countTry();
            open.sendCommand(command(Command.EVALSHA, each.script.sha(), each, common));
        }
        var unknown = answer(batch, receive(open, batch.size()));
        if (unknown.isEmpty()) return;
        for (var each : unknown) open.sendCommand(command(Command.EVAL, each.script.source(), each, common));
        answer(unknown, receive(open, unknown.size()));
    }

    private List<Object> receive(Connection open, int count) {
        scripts.add(count);
        exchanges.increment();
        return open.getMany(count);
    }

    private CommandArguments command(Command verb, String script, Exchange exchange, List<String> common) {
        var command = new CommandArguments(verb).add(script).add(1).key(anchor);
        exchange.args(common, clock).forEach(command::add);
        return command;
    }

    /** Hands out replies; returns what Redis did not know the script of. */
    private List<Exchange> answer(List<Exchange> batch, List<Object> replies) {
        var unknown = new ArrayList<Exchange>();
        for (int i = 0; i < replies.size(); i++) {
            var exchange = batch.get(i);
            switch (replies.get(i)) {
                case JedisNoScriptException e -> unknown.add(exchange);
                case JedisRedirectionException e -> disconnect(); // not run: it is sent again, to the right node
                case JedisDataException e
                when isUnfit(e) -> {
                    disconnect();
                    exchange.reply.completeExceptionally(e);
                }
                case JedisDataException e -> exchange.reply.completeExceptionally(e);
                case Object raw -> exchange.reply.complete(Reply.of(raw));
            }
        }
        return unknown;
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
    private void drop(List<Exchange> batch) {
        var now = clock.nanos();
        batch.removeIf(each -> {
            if (each.wanted(now)) return false;
            each.reply.completeExceptionally(new StoreUnavailableException("Redis could not be reached in time"));
            return true;
        });
    }

    private void fail(List<Exchange> batch, Throwable e) {
        for (var each : batch) each.reply.completeExceptionally(e);
        batch.clear();
    }

    private void disconnect() {
        if (connection != null) RedisConnector.closeQuietly(connection);
        connection = null;
    }
}
