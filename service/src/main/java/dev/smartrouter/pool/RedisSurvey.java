package dev.smartrouter.pool;

import com.google.common.collect.Lists;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Reads all of the store and writes nothing, on a connection of its own: names a page at a time, and things by at most
 * {@value #MOST_THINGS} in one script, so that what belongs together is seen in one moment and nobody waits for long.
 * For one thread. Each method throws {@link StoreUnavailableException} if Redis does not answer; the next connects again.
 */
public final class RedisSurvey implements AutoCloseable {
    /** What one script looks at. */
    public static final int MOST_THINGS = 100;

    private final Scripts scripts = Scripts.load();
    private final RedisConnector connector;
    private final String anchor;
    private @Nullable Connection connection;

    /**
     * @param prefix of all keys
     * @param timeout for connecting and for each reply
     * @param nanos monotonic time in ns
     */
    public RedisSurvey(RedisUrl url, String prefix, Duration timeout, LongSupplier nanos) {
        this.anchor = prefix + "state:gen";
        this.connector = new RedisConnector(url, timeout, anchor, scripts, new RedisClock(nanos), new Gate());
    }

    /** What kinds of things there are to look at; in small letters, as the script has them. */
    public enum Kind {
        POD,
        CALL,
        TOMBSTONE,
        KEY,
        POOL,
        ASSIGNED,
        AVAILABLE
    }

    /**
     * Something to look at.
     *
     * @param more of a pool its configured mode, of a member its pool, of a key its type; else empty
     */
    public record Thing(Kind kind, String name, String more) {}

    /**
     * What is wrong with a thing.
     *
     * @param law the name of the law that it breaks
     * @param values how it does, as one line
     */
    public record Symptom(Thing thing, String law, String values) {}

    /** @param next where the next page begins; {@code "0"} if there is none */
    public record Page(String next, List<String> names) {}

    /**
     * What there is once.
     *
     * @param token the largest fencing token; 0 if there is none
     * @param routers that have lately said that they live
     * @param tierConfig as text; empty if there is none
     */
    public record Overview(boolean open, long token, int routers, String tierConfig) {}

    public Overview overview() {
        var reply = run("overview", List.of());
        return new Overview(reply.flag(0), reply.number(1), reply.count(2), reply.text(3));
    }

    /** Names of keys, without their prefix. */
    public Page keys(String cursor) {
        return members("", cursor);
    }

    /** Members of a set or a sorted set; none if the key is neither. */
    public Page members(String key, String cursor) {
        var reply = run("names", List.of(cursor, key));
        return new Page(reply.text(0), reply.list(1).texts(0));
    }

    /** @param overdue how long a call may have outlived its deadline before that is a symptom */
    public List<Symptom> look(List<Thing> things, Duration overdue) {
        var symptoms = new ArrayList<Symptom>();
        for (var batch : Lists.partition(things, MOST_THINGS)) {
            var args = new ArrayList<>(List.of(Long.toString(overdue.toMillis())));
            for (var thing : batch) {
                args.addAll(List.of(thing.kind.name().toLowerCase(Locale.ROOT), thing.name, thing.more));
            }
            for (var found : run("check", args).lists(0)) {
                symptoms.add(new Symptom(batch.get(found.count(0)), found.text(1), found.text(2)));
            }
        }
        return symptoms;
    }

    /** What Redis is set up wrongly for us; empty if nothing. */
    public String unfit() {
        try {
            return RedisConnector.unfitness(connection());
        } catch (JedisException e) {
            close();
            throw new StoreUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        if (connection != null) RedisConnector.closeQuietly(connection);
        connection = null;
    }

    private Reply run(String name, List<String> args) {
        var script = scripts.named(name);
        try {
            return Reply.of(evaluate(connection(), script, args));
        } catch (JedisException e) {
            close();
            throw new StoreUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private Connection connection() {
        var open = connection == null ? connector.connectWith(this::isOurs) : connection;
        connection = open;
        return open;
    }

    private Object evaluate(Connection open, Script script, List<String> args) {
        try {
            return open.executeCommand(command(Command.EVALSHA, script.sha(), args));
        } catch (JedisNoScriptException e) {
            return open.executeCommand(command(Command.EVAL, script.source(), args));
        }
    }

    /** Not greeted, as a greeting may close the gate; but in a cluster this must be the node that has our keys. */
    private void isOurs(Connection open) {
        open.executeCommand(new CommandArguments(Command.EXISTS).key(anchor));
    }

    private CommandArguments command(Command verb, String script, List<String> args) {
        var command =
                new CommandArguments(verb).add(script).add(1).key(anchor).add(0).add(0); // no skew, and no lease to set
        args.forEach(command::add);
        return command;
    }
}
