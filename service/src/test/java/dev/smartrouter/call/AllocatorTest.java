package dev.smartrouter.call;

import static dev.smartrouter.call.RouterFixture.TIERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.call.AllocationResult.Allocated;
import dev.smartrouter.call.AllocationResult.AlreadyAllocated;
import dev.smartrouter.call.AllocationResult.NoCapacity;
import dev.smartrouter.call.AllocationResult.Recovering;
import dev.smartrouter.call.AllocationResult.Unavailable;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Claim;
import dev.smartrouter.pool.Gate;
import dev.smartrouter.pool.Origin;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AllocatorTest {
    private final StubPools pools = new StubPools().pod("pool:gold", "agent-0").pod("merchant:9shines", "agent-1");
    private final RecordedEvents events = new RecordedEvents();
    private final AtomicReference<TierConfig> tiers = new AtomicReference<>(TIERS);
    private final AtomicLong nanos = new AtomicLong();
    private final Gate gate = new Gate();
    private final Allocator allocator = new Allocator(
            pools,
            new Chains(tiers::get, events),
            new StreamUrl("wss://h", StreamUrl.DEFAULT_TEMPLATE),
            new WaitingRoom(gate, nanos::get),
            events);

    private AllocationResult ask(String call, String merchant, Duration patience) {
        return allocator.allocate(new CallRequest(
                new CallSid(call),
                Optional.of(merchant).filter(name -> !name.isEmpty()).map(MerchantId::new),
                new Origin("twilio", "v2", "t"),
                patience));
    }

    private AllocationResult ask(String call, String merchant) {
        return ask(call, merchant, Duration.ZERO);
    }

    private static String podOf(AllocationResult result) {
        return ((Allocated) result).allocation().pod().value();
    }

    @Test
    void aCallGetsAPodAndTheSameOneAgain() {
        assertThat(podOf(ask("CA1", ""))).isEqualTo("agent-0");
        assertThat(ask("CA1", "")).isInstanceOf(AlreadyAllocated.class);
        assertThat(events.lines).containsExactly("allocated CA1 agent-0", "replayed CA1 agent-0");
    }

    @Test
    void aFullChainSaysWhichPoolsItTried() {
        ask("CA1", "");
        assertThat(ask("CA2", ""))
                .isEqualTo(new NoCapacity(
                        List.of(new PoolName("pool:gold"), new PoolName("pool:standard"), new PoolName("pool:basic"))));
        assertThat(events.lines).last().isEqualTo("refused CA2 NoCapacity");
    }

    @Test
    void aMerchantsConfigIsAskedForOnceAndThenRemembered() {
        pools.configs.put("m", "{\"pool\":\"9shines\"}");
        assertThat(podOf(ask("CA1", "m"))).isEqualTo("agent-1");
        assertThat(podOf(ask("CA2", "m"))).isEqualTo("agent-0");
        assertThat(pools.claims).hasSize(3);
        assertThat(pools.claims.getLast().chain().steps().getFirst().pool())
                .isEqualTo(new PoolName("merchant:9shines"));
    }

    @Test
    void aChangedConfigTakesEffectOnTheNextCall() {
        pools.configs.put("m", "{\"pool\":\"9shines\"}");
        ask("CA1", "m");
        pools.configs.remove("m");
        assertThat(podOf(ask("CA2", "m"))).isEqualTo("agent-0");
        assertThat(pools.claims.getLast().merchantConfig()).isEmpty();
    }

    @Test
    void aChangedTierConfigResolvesARememberedMerchantAnew() {
        pools.configs.put("m", "{\"tier\":\"gold\"}");
        ask("CA1", "m");
        tiers.set(TierConfig.parse("{\"tiers\":{\"gold\":1,\"9shines\":1},\"default_chain\":[\"9shines\",\"gold\"]}"));
        ask("CA2", "m");
        assertThat(pools.claims.getLast().chain().steps()).hasSize(1);
    }

    @Test
    void anUnreadableConfigIsNoneAndIsToldOnce() {
        pools.configs.put("m", "no json");
        assertThat(podOf(ask("CA1", "m"))).isEqualTo("agent-0");
        ask("CA2", "m");
        assertThat(events.lines).containsOnlyOnce("unreadable m");
    }

    @Test
    void unknownNamesAreSkippedAndToldOnce() {
        pools.configs.put("m", "{\"fallback\":[\"platinum\",\"gold\"]}");
        assertThat(podOf(ask("CA1", "m"))).isEqualTo("agent-0");
        ask("CA2", "m");
        assertThat(events.lines).containsOnlyOnce("unknown m [fallback 'platinum']");
    }

    @Test
    void aConfigThatDoesNotSurviveTheWayHereAndBackIsNone() {
        pools.script.add(new Claim.ConfigChanged("{\"tier\":\"\uFFFD\"}"));
        pools.script.add(new Claim.ConfigChanged("{\"tier\":\"\uFFFD\"}"));
        assertThat(podOf(ask("CA1", "m"))).isEqualTo("agent-0");
        assertThat(pools.claims.getLast().merchant()).isEmpty();
    }

    @Test
    void aStoreThatNeverStopsChangingItsMindIsGivenUp() {
        for (var i = 0; i < 100; i++) pools.script.add(new Claim.ConfigChanged("{\"tier\":\"t" + i + "\"}"));
        assertThat(ask("CA1", "m")).isEqualTo(new Recovering());
        assertThat(pools.claims).hasSizeLessThan(20);
    }

    @Test
    void aClosedGateIsNotWaitedForWithoutPatience() {
        gate.heard(true);
        pools.script.add(new Claim.Closed());
        assertThat(ask("CA1", "")).isEqualTo(new Recovering());
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void aGateThatOpensInTimeIsAskedAgain() {
        pools.script.add(new Claim.Closed());
        var opener = Thread.ofVirtual().start(() -> {
            while (!Thread.interrupted()) {
                gate.heard(true);
                Thread.onSpinWait();
            }
        });
        assertThat(podOf(ask("CA1", "", Duration.ofMinutes(1)))).isEqualTo("agent-0");
        opener.interrupt();
    }

    @Test
    void patienceIsSpentOnceHoweverOftenTheGateCloses() {
        var visit = new WaitingRoom(gate, nanos::get).enter(Duration.ofSeconds(4));
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(visit.untilOpen()).isFalse();
    }

    @Test
    void aStoreThatIsGoneOrLateIsUnavailable() {
        pools.script.add(new Claim.Late());
        assertThat(ask("CA1", "")).isEqualTo(new Unavailable());
        pools.down = true;
        assertThat(ask("CA1", "")).isEqualTo(new Unavailable());
        assertThat(events.lines).containsExactly("refused CA1 Unavailable", "refused CA1 Unavailable");
    }

    @Test
    void aCallThatTheOriginalLeftGetsTheUrlItShouldHave() {
        pools.script.add(new Claim.Held(new Allocation(
                new CallSid("CA1"),
                new PodName("agent-7"),
                "legacy",
                new PoolName("pool:gold"),
                "",
                StubPools.NOON,
                Origin.UNKNOWN,
                "",
                "",
                false)));
        var allocation = ((AlreadyAllocated) ask("CA1", "")).allocation();
        assertThat(allocation.wsUrl()).isEqualTo("wss://h/ws/pod/agent-7/CA1");
    }
}
