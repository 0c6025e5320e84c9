package dev.smartrouter.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.http.JsonBody;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Claim;
import dev.smartrouter.pool.Gate;
import dev.smartrouter.pool.Origin;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.tier.TierConfig;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An allocation without server, store and log: what is read, decided and written. */
@State(Scope.Benchmark)
public class AllocateBenchmark {
    private static final TierConfig TIERS = TierConfig.parse(
            "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}");
    private byte[] body = """
            {"call_sid":"CA00112233445566778899aabbccddeeff","merchant_id":"acme","provider":"twilio","flow":"v2"}
            """.getBytes(UTF_8);
    private CallRequest request = new CallRequest(
            new CallSid("CA00112233445566778899aabbccddeeff"),
            Optional.of(new MerchantId("acme")),
            new Origin("twilio", "v2", ""),
            Duration.ofMillis(800));
    private Allocation allocation = new Allocation(
            request.call(),
            new PodName("voice-agent-7"),
            "uid-7",
            new PoolName("pool:gold"),
            "acme",
            StubPools.NOON,
            request.origin(),
            "pool:gold took",
            "wss://voice.example.com/ws/pod/voice-agent-7/CA00112233445566778899aabbccddeeff",
            false);

    private final StreamUrl urls = new StreamUrl("wss://voice.example.com", StreamUrl.DEFAULT_TEMPLATE);
    private final AllocateResource resource = resource();
    private final ObjectWriter json = JsonMapper.builder().build().writer();

    private AllocateResource resource() {
        var granted = new Claim.Claimed(allocation);
        var pools = (Pools) Proxy.newProxyInstance(
                Pools.class.getClassLoader(), new Class<?>[] {Pools.class}, (proxy, method, args) -> granted);
        var events = (CallEvents) Proxy.newProxyInstance(
                CallEvents.class.getClassLoader(), new Class<?>[] {CallEvents.class}, (proxy, method, args) -> null);
        return new AllocateResource(new Allocator(
                pools, new Chains(() -> TIERS, events), urls, new WaitingRoom(new Gate(), System::nanoTime), events));
    }

    @Benchmark
    public Response allocateWithoutTheStore() {
        return resource.allocate(new ByteArrayInputStream(body));
    }

    @Benchmark
    public JsonBody readTheBody() {
        return JsonBody.parse(body);
    }

    @Benchmark
    public String makeTheUrl() {
        return urls.onAnyPod(request);
    }

    @Benchmark
    public byte[] writeTheAnswer() throws JsonProcessingException {
        return json.writeValueAsBytes(AllocateResource.Answer.of(allocation, false));
    }
}
