package dev.smartrouter.pool;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/** A connection that sends when it is told to, not when somebody waits for a reply. */
final class PipelinedConnection extends Connection {
    PipelinedConnection(HostAndPort server, JedisClientConfig config) {
        super(server, config);
    }

    /** @throws redis.clients.jedis.exceptions.JedisConnectionException if the server cannot be reached */
    void sendNow() {
        flush();
    }
}
