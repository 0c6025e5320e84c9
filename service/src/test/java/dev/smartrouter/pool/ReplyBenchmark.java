package dev.smartrouter.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.smartrouter.CallSid;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the store replied to an allocation, as Jedis hands it over, until it is one of ours. */
@State(Scope.Benchmark)
public class ReplyBenchmark {
    private static final CallSid CALL = new CallSid("CA00112233445566778899aabbccddeeff");

    private final Object raw = List.of(
            bytes("NEW"),
            Stream.of(
                            "pod_name",
                            "voice-agent-7",
                            "source_pool",
                            "pool:gold",
                            "merchant_id",
                            "acme",
                            "allocated_at",
                            "1767268800007",
                            "pod_inc",
                            "2f5e1b1c-0c8e-4a52-9d0f-6b6f6a2f8a11",
                            "provider",
                            "twilio",
                            "flow",
                            "v2",
                            "template",
                            "",
                            "tried",
                            "pool:gold took",
                            "ws_url",
                            "wss://voice.example.com/ws/pod/voice-agent-7/" + CALL,
                            "token",
                            "router-1:4711")
                    .map(ReplyBenchmark::bytes)
                    .toList(),
            bytes("12"));

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Benchmark
    public Allocation readTheReply() {
        return CallRecord.allocation(CALL, Reply.of(raw).list(1).fields());
    }
}
