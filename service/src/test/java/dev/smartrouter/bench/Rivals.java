package dev.smartrouter.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.smartrouter.call.AllocateResource;
import dev.smartrouter.call.Allocator;
import dev.smartrouter.call.CallEvents;
import dev.smartrouter.call.Chains;
import dev.smartrouter.call.ReleaseResource;
import dev.smartrouter.call.Releaser;
import dev.smartrouter.call.StreamUrl;
import dev.smartrouter.call.WaitingRoom;
import dev.smartrouter.http.Lane;
import dev.smartrouter.pool.Gate;
import dev.smartrouter.tier.TierConfig;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** What the router is measured against, in the same server, behind the same filters. */
public final class Rivals {
    static final String NOTHING = "/bench/nothing";
    static final String ORIGINAL = "/bench/original";
    private static final byte[] ANSWER = "{\"nothing\":\"%0200d\"}".formatted(0).getBytes(US_ASCII);

    private final AllocateResource allocate;
    private final ReleaseResource release;

    private Rivals(AllocateResource allocate, ReleaseResource release) {
        this.allocate = allocate;
        this.release = release;
    }

    /**
     * @param redis where the original's pools are
     * @param connections of its pool
     * @param events counts and logs, as ours are
     */
    public static Rivals on(String redis, int connections, TierConfig tiers, CallEvents events) {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMinIdle(connections);
        var pools = new ManyTrips(
                RedisClient.builder().fromURI(redis).poolConfig(pool).build(), Clock.systemUTC());
        var urls = new StreamUrl("wss://voice.example.com", StreamUrl.DEFAULT_TEMPLATE);
        var allocator = new Allocator(
                pools, new Chains(() -> tiers, events), urls, new WaitingRoom(new Gate(), System::nanoTime), events);
        return new Rivals(new AllocateResource(allocator), new ReleaseResource(new Releaser(pools, events)));
    }

    /** Their paths. */
    public Map<String, Lane> lanes() {
        var nothing = new Lane(NOTHING, request -> nothing(request.getInputStream()), Rivals::busy);
        return Map.of(
                NOTHING + "/allocate",
                nothing,
                NOTHING + "/release",
                nothing,
                ORIGINAL + "/allocate",
                allocate.lane(),
                ORIGINAL + "/release",
                release.lane());
    }

    private static Response busy() {
        throw new IllegalStateException("a benchmark has fewer callers");
    }

    /** Reads what an allocation reads and answers as much, and that is all. */
    private static Response nothing(InputStream body) throws IOException {
        body.readAllBytes();
        return Response.ok(ANSWER, MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** The least that there is to do, for Jersey. */
    @Path(NOTHING + "/{deed}")
    public static final class Nothing {
        @POST
        public Response post(InputStream body) throws IOException {
            return nothing(body);
        }
    }
}
