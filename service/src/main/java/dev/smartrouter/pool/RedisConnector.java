package dev.smartrouter.pool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * Finds the Redis server that may be written to, connects, and greets it: hello first, so that a server that may have
 * lost writes is known as such before anything is asked of it, then all scripts, so that the rest goes by hash.
 */
final class RedisConnector {
    private static final Logger log = LoggerFactory.getLogger(RedisConnector.class);
    private static final int MOST_REDIRECTS = 3;
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\d+)\\.(\\d+)");
    private static final Pattern POLICY = Pattern.compile("maxmemory_policy:(\\S+)");

    private final RedisUrl url;
    private final String anchor;
    private final Scripts scripts;
    private final RedisClock clock;
    private final Gate gate;
    private final JedisClientConfig config;
    private final JedisClientConfig sentinelConfig;
    private volatile String warned = "";

    /** @param timeout for connecting, and for each reply */
    RedisConnector(RedisUrl url, Duration timeout, String anchor, Scripts scripts, RedisClock clock, Gate gate) {
        this.url = url;
        this.anchor = anchor;
        this.scripts = scripts;
        this.clock = clock;
        this.gate = gate;
        this.sentinelConfig = base(timeout).build();
        var builder =
                base(timeout); // another one: once built, a builder keeps the credentials it had, and those were none
        if (url.password().isPresent() || url.passwordFile().isPresent())
            builder.credentialsProvider(() -> credentials(url));
        url.trust().ifPresent(trusted -> builder.sslSocketFactory(trusted.sockets()));
        this.config = builder.database(url.database())
                .ssl(url.kind() == RedisUrl.Kind.TLS)
                .sslParameters(namedByItsCertificate())
                .clientName("smart-router")
                .build();
    }

    private static RedisCredentials credentials(RedisUrl url) {
        return new DefaultRedisCredentials(
                url.user().orElse(null), url.currentPassword().orElse(""));
    }

    private static DefaultJedisClientConfig.Builder base(Duration timeout) {
        return DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis((int) timeout.toMillis())
                .socketTimeoutMillis((int) timeout.toMillis());
    }

    /** TLS alone only says that somebody has a certificate; this, that it is the server's. */
    private static SSLParameters namedByItsCertificate() {
        var parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /**
     * A connection that has been greeted.
     *
     * @throws JedisException if there is none to be had now
     */
    PipelinedConnection connect(List<String> commonArgs) {
        return connectWith(connection -> greet(connection, commonArgs));
    }

    /** A connection that has been greeted so; the greeting is what a cluster redirects. */
    PipelinedConnection connectWith(Consumer<Connection> greeting) {
        var target = target();
        for (int i = 0; ; i++) {
            var connection = new PipelinedConnection(target, config);
            try {
                greeting.accept(connection);
                return connection;
            } catch (JedisMovedDataException moved) {
                closeQuietly(connection);
                if (i == MOST_REDIRECTS) throw moved;
                target = moved.getTargetNode();
            } catch (RuntimeException e) {
                closeQuietly(connection);
                throw e;
            }
        }
    }

    /** Closes without regard for what the connection still has to say. */
    static void closeQuietly(Connection connection) {
        try {
            connection.setBroken();
            connection.disconnect();
        } catch (RuntimeException e) {
            log.debug("closing a broken connection: {}", e.toString());
        }
    }

    private HostAndPort target() {
        if (url.kind() != RedisUrl.Kind.SENTINEL) return firstAnswering();
        for (var sentinel : url.hosts()) {
            try (var connection = new Connection(sentinel, sentinelConfig)) {
                connection.sendCommand(Command.SENTINEL, "get-master-addr-by-name", url.master());
                var address = connection.getMultiBulkReply();
                if (address != null) return new HostAndPort(address.get(0), Integer.parseInt(address.get(1)));
                log.warn("sentinel {} does not know a master '{}'", sentinel, url.master());
            } catch (JedisException e) {
                log.warn("sentinel {} does not answer: {}", sentinel, e.getMessage());
            }
        }
        throw new JedisConnectionException("no sentinel of " + url.hosts() + " knows a master '" + url.master() + "'");
    }

    /** Of a cluster, any node that accepts a connection; it will say where our slot is. */
    private HostAndPort firstAnswering() {
        for (int i = 0; i < url.hosts().size() - 1; i++) {
            try (var connection = new Connection(url.hosts().get(i), config)) {
                if (connection.ping()) return url.hosts().get(i);
            } catch (JedisException e) {
                log.warn("cluster node {} does not answer: {}", url.hosts().get(i), e.getMessage());
            }
        }
        return url.hosts().getLast();
    }

    private void greet(Connection connection, List<String> commonArgs) {
        var sent = clock.nanos();
        var hello = eval(scripts.named("hello"), commonArgs);
        var reply = Reply.of(connection.executeCommand(hello));
        clock.reset();
        clock.heard(reply.number(1), sent);
        gate.heard(reply.flag(2));
        for (var script : scripts.all()) connection.sendCommand(Command.SCRIPT, "LOAD", script.source());
        for (var loaded : connection.getMany(scripts.all().size())) {
            if (loaded instanceof JedisException e) throw e;
        }
        warnOfUnfitServer(connection);
    }

    private CommandArguments eval(Script script, List<String> args) {
        var command =
                new CommandArguments(Command.EVAL).add(script.source()).add(1).key(anchor);
        args.forEach(command::add);
        return command;
    }

    /** A server that evicts keys frees pods that are busy; one that is too old lacks what the scripts use. */
    private void warnOfUnfitServer(Connection connection) {
        var unfit = unfitness(connection);
        if (!unfit.equals(warned)) {
            warned = unfit;
            if (!unfit.isEmpty()) log.error("REDIS IS NOT FIT FOR US: {}", unfit);
        }
    }

    /** What the server at its other end is set up wrongly for us; empty if nothing. */
    static String unfitness(Connection connection) {
        return unfit(info(connection, "server"), info(connection, "memory"));
    }

    static String unfit(String server, String memory) {
        var version = VERSION.matcher(server);
        if (version.find()) {
            var major = Integer.parseInt(version.group(1));
            if (major < 6 || (major == 6 && Integer.parseInt(version.group(2)) < 2)) {
                return "its version is " + version.group(1) + "." + version.group(2) + ", and 6.2 is the least";
            }
        }
        var policy = POLICY.matcher(memory);
        if (policy.find() && !policy.group(1).equals("noeviction")) {
            return "maxmemory-policy is " + policy.group(1)
                    + ", which drops the records of live calls when memory is short; set it to noeviction";
        }
        return "";
    }

    private static String info(Connection connection, String section) {
        try {
            connection.sendCommand(Command.INFO, section);
            return Optional.ofNullable(connection.getBulkReply()).orElse("");
        } catch (JedisConnectionException e) {
            throw e;
        } catch (JedisException e) {
            log.warn("Redis does not let us read INFO {}: {}", section, e.getMessage());
            return "";
        }
    }

    /** What the last server was unfit for; empty if nothing. */
    String warning() {
        return warned;
    }
}
