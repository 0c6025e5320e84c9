package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that somebody else wrote, by hand or years ago. */
class CallRecordTest {
    @Test
    void aSourcePoolThatIsNoPoolsNameIsUnknown() {
        for (var written : new String[] {"gold", "", "pool:", "pool:a b"}) {
            var record = Map.of("pod_name", "voice-agent-0", "source_pool", written);
            assertThat(CallRecord.allocation(new CallSid("CA1"), record).source())
                    .as(written)
                    .hasToString("pool:unknown");
        }
    }
}
