package dev.smartrouter.simulator.redis;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/** Where a Redis is: {@code redis://[user:password@]host[:6379][/db]}, the one form in front of which a proxy can stand. */
public record RedisAddress(URI url) {
    private static final int PORT = 6379;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    public RedisAddress {
        if (!"redis".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "the simulator needs REDIS_URL as redis://[user:password@]host[:6379][/db], not '"
                            + withoutPassword(url) + "'");
        }
    }

    /** @throws IllegalArgumentException if it is no such address */
    public static RedisAddress parse(String url) {
        try {
            return new RedisAddress(URI.create(url));
        } catch (IllegalArgumentException e) {
            if (String.valueOf(e.getMessage()).startsWith("the simulator")) throw e;
            throw new IllegalArgumentException("REDIS_URL is no URL", e); // it may hold a password
        }
    }

    public InetSocketAddress socket() {
        return new InetSocketAddress(url.getHost(), url.getPort() == -1 ? PORT : url.getPort());
    }

    /** The same Redis, user and database, reached through a port of this machine. */
    public RedisAddress through(int port) {
        var user = url.getRawUserInfo() == null ? "" : url.getRawUserInfo() + "@";
        return new RedisAddress(URI.create("redis://" + user + "127.0.0.1:" + port + url.getRawPath()));
    }

    /** @throws JedisException if it does not answer within 2 s */
    public Jedis connect() {
        return connect(PATIENCE);
    }

    /** @param timeout for connecting and for each reply */
    public Jedis connect(Duration timeout) {
        var millis = Math.toIntExact(timeout.toMillis());
        return new Jedis(
                new HostAndPort(socket().getHostString(), socket().getPort()),
                DefaultJedisClientConfig.builder()
                        .connectionTimeoutMillis(millis)
                        .socketTimeoutMillis(millis)
                        .user(JedisURIHelper.getUser(url))
                        .password(JedisURIHelper.getPassword(url))
                        .database(JedisURIHelper.getDBIndex(url))
                        .autoNegotiateProtocol(false) // it warns of what it does not do
                        .build());
    }

    /** With its password. */
    @Override
    public String toString() {
        return url.toString();
    }

    /** For people to read. */
    public String shown() {
        return withoutPassword(url);
    }

    private static String withoutPassword(URI url) {
        return url.toString().replaceAll("//[^@/]*@", "//");
    }
}
