package dev.smartrouter.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.auth.Secret;
import dev.smartrouter.pool.Gate;
import dev.smartrouter.pool.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only the call that was given a pod opens that pod's socket, and not for long. */
class StreamPassesTest {
    private static final List<Secret> SECRETS = Secret.listOf("0123456789abcdef,fedcba9876543210");
    private static final CallSid CALL = new CallSid("CA1");
    private static final PodName POD = new PodName("voice-agent-1");

    private final AtomicReference<Instant> now = new AtomicReference<>(StubPools.NOON);
    private final StreamPasses passes = new StreamPasses(SECRETS, now::get);
    private final StubPools pools =
            new StubPools().pod("pool:gold", "voice-agent-1").pod("pool:gold", "voice-agent-2");
    private final StreamUrl urls = new StreamUrl("wss://h", "{base}/{pod}/{call_sid}/{mac}", passes);
    private final RecordedEvents events = new RecordedEvents();
    private final Allocator allocator = new Allocator(
            pools, new Chains(() -> RouterFixture.TIERS, events), urls, new WaitingRoom(new Gate(), () -> 0), events);

    private String url;

    @BeforeEach
    void allocate() {
        url = told(CALL);
    }

    private String told(CallSid call) {
        var result = allocator.allocate(new CallRequest(call, Optional.empty(), Origin.UNKNOWN, Duration.ZERO));
        return switch (result) {
            case AllocationResult.Allocated(var allocation) -> allocation.wsUrl();
            case AllocationResult.AlreadyAllocated(var allocation) -> allocation.wsUrl();
            case AllocationResult.Refused why -> throw new AssertionError(why);
        };
    }

    private static String passOf(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    @Test
    void theUrlThatAProviderIsToldOpensItsPod() {
        assertThat(url).matches("wss://h/voice-agent-1/CA1/[0-9]{10}-[A-Za-z0-9_-]{22}");
        assertThat(passes.opens(passOf(url), CALL, POD)).isTrue();
        assertThat(ask("voice-agent-1", "CA1", passOf(url))).isEqualTo(204);
    }

    @Test
    void itOpensNothingElse() {
        assertThat(passes.opens(passOf(url), CALL, new PodName("voice-agent-2")))
                .isFalse();
        assertThat(passes.opens(passOf(url), new CallSid("CA2"), POD)).isFalse();
        var later =
                Long.parseLong(passOf(url).split("-", 2)[0]) + 1 + passOf(url).substring(10);
        for (var forged : List.of("", "-", later, passOf(url) + "A", passOf(url).substring(1), "x" + passOf(url))) {
            assertThat(passes.opens(forged, CALL, POD)).as(forged).isFalse();
            assertThat(ask("voice-agent-1", "CA1", forged)).as(forged).isEqualTo(403);
        }
        assertThat(ask("no pod!", "CA1", passOf(url))).isEqualTo(403);
        assertThat(ask("voice-agent-1", "no call!", passOf(url))).isEqualTo(403);
    }

    @Test
    void itIsGoodForAQuarterOfAnHourAtLeastAndForTwentyMinutesAtMost() {
        now.set(StubPools.NOON.plus(Duration.ofMinutes(15)));
        assertThat(passes.opens(passOf(url), CALL, POD)).isTrue();
        now.set(StubPools.NOON.plus(Duration.ofMinutes(20)).plusSeconds(1));
        assertThat(passes.opens(passOf(url), CALL, POD)).isFalse();
    }

    @Test
    void aWebhookThatComesTwiceIsToldTheSameAndOneThatComesLateANewOne() {
        now.set(StubPools.NOON.plus(Duration.ofMinutes(4)));
        assertThat(told(CALL)).isEqualTo(url);
        now.set(StubPools.NOON.plus(Duration.ofMinutes(40)));
        assertThat(told(CALL)).isNotEqualTo(url);
        assertThat(passes.opens(passOf(told(CALL)), CALL, POD)).isTrue();
    }

    @Test
    void aSecretMayTakeAnothersPlace() {
        var before = new StreamPasses(List.of(SECRETS.get(1)), now::get);
        var allocation = pools.calls.get(CALL);
        var old = passOf(before.onto("wss://h/{mac}", allocation));
        assertThat(passes.opens(old, CALL, POD)).isTrue();
        assertThat(before.opens(passOf(url), CALL, POD)).isFalse();
    }

    @Test
    void thePassIsNotKept() {
        assertThat(pools.calls.get(CALL).wsUrl()).isEqualTo("wss://h/voice-agent-1/CA1/{mac}");
        assertThat(StreamPasses.none().onto("wss://h/voice-agent-1/CA1/{mac}", pools.calls.get(CALL)))
                .isEqualTo("wss://h/voice-agent-1/CA1");
        assertThat(StreamPasses.none().opens(passOf(url), CALL, POD)).isFalse();
    }

    @Test
    void theStoreMayObject() {
        var pass = passOf(url);
        pools.calls.remove(CALL);
        assertThat(ask("voice-agent-1", "CA1", pass)).as("the call is over").isEqualTo(403);
        pools.down = true;
        assertThat(ask("voice-agent-1", "CA1", pass)).as("nobody knows").isEqualTo(204);
    }

    @Test
    void aStoreThatForgotHasNoSay() {
        pools.calls.remove(CALL);
        var resource = new StreamAuthResource(passes, pools, () -> false);
        assertThat(resource.ask("voice-agent-1", "CA1", passOf(url)).getStatus())
                .isEqualTo(204);
    }

    private int ask(String pod, String call, String pass) {
        return new StreamAuthResource(passes, pools, () -> true)
                .ask(pod, call, pass)
                .getStatus();
    }
}
