package dev.smartrouter.k3s;

import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A way from here to the Redis of the local overlay, whichever pod that is at the moment. */
final class StoreDoor implements Supplier<URI>, AutoCloseable {
    private final VoiceSystem system;
    private LocalPortForward way;

    StoreDoor(VoiceSystem system) {
        this.system = system;
    }

    /** A new way, in place of the one before. */
    @Override
    public synchronized URI get() {
        close();
        var redis = system.pods("redis").stream()
                .findFirst()
                .orElseThrow(() -> new JedisConnectionException("no Redis runs"))
                .getMetadata()
                .getName();
        way = system.client()
                .pods()
                .inNamespace(VoiceSystem.NAMESPACE)
                .withName(redis)
                .portForward(6379);
        return URI.create("redis://127.0.0.1:" + way.getLocalPort());
    }

    @Override
    public synchronized void close() {
        if (way == null) return;
        try {
            way.close();
        } catch (IOException e) {
            // its Redis is gone
        }
        way = null;
    }
}
