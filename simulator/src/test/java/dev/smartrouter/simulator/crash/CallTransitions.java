package dev.smartrouter.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.PodName;
import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.call.ReleaseResult;
import dev.smartrouter.pod.PodState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What calls and operators ask for, on the connection that they wait for. */
final class CallTransitions {
    private static final String CALL = "CA-1";
    private static final CallSid SID = new CallSid(CALL);
    private static final PodName DRAINED = new PodName("gold-0");
    private static final Duration DRAIN = Duration.ofMinutes(6);
    private static final String CONFIG = "{\"pool\":\"acme\",\"fallback\":[\"gold\"]}";

    private CallTransitions() {}

    /** A claim of a pod for {@link #CALL}. */
    static List<Transition<AllocationResult>> claims() {
        return List.of(
                claim("allocate, exclusive", lab -> {}, Optional.empty(), "pool:gold"),
                claim("allocate, shared", lab -> lab.calls("CA-a", "CA-b", "CA-c"), Optional.empty(), "pool:basic"),
                claim(
                        "allocate, of a merchant whose config is news",
                        lab -> lab.keys.hset(lab.key("merchant:config"), "shop", CONFIG),
                        Optional.of(new MerchantId("shop")),
                        "merchant:acme"));
    }

    private static Transition<AllocationResult> claim(
            String name, Consumer<Lab> given, Optional<MerchantId> merchant, String pool) {
        return new Transition<>(
                name,
                given,
                (router, lab) -> router.allocate(CALL, merchant),
                (lab, answer) -> {
                    var told = Lab.allocation(answer);
                    assertThat(told.source()).hasToString(pool);
                    assertThat(lab.held(CALL)).isEqualTo(told);
                },
                lab -> lab.release("CA-a", "CA-b", "CA-c", CALL));
    }

    static List<Transition<AllocationResult>> replay() {
        return List.of(new Transition<>(
                "allocate, EXISTING",
                lab -> lab.calls(CALL),
                (router, lab) -> router.allocate(CALL),
                (lab, answer) -> {
                    assertThat(answer).isInstanceOf(AllocationResult.AlreadyAllocated.class);
                    assertThat(lab.held(CALL)).isEqualTo(Lab.allocation(answer));
                },
                lab -> lab.release(CALL)));
    }

    static List<Transition<ReleaseResult>> release() {
        return List.of(new Transition<>(
                "release",
                lab -> {
                    lab.calls(CALL, "CA-other");
                    lab.awaitPast(CALL);
                },
                (router, lab) -> router.release(CALL),
                (lab, answer) -> {
                    assertThat(answer).isNotInstanceOf(ReleaseResult.Unavailable.class);
                    assertThat(lab.live()).containsExactly("CA-other");
                    assertThat(lab.bystander.release(CALL)).isInstanceOf(ReleaseResult.NotFound.class);
                },
                lab -> lab.release("CA-other")));
    }

    static List<Transition<?>> others() {
        return List.of(drain(), undrain(), confirm());
    }

    private static Transition<OptionalInt> drain() {
        return new Transition<>(
                "drain",
                lab -> {},
                (router, lab) -> router.pools().drain(DRAINED, DRAIN),
                (lab, calls) -> {
                    assertThat(calls).hasValue(0);
                    assertThat(lab.bystander
                                    .pools()
                                    .findPod(DRAINED)
                                    .orElseThrow()
                                    .state())
                            .isEqualTo(PodState.DRAINING);
                },
                lab -> lab.bystander.pools().undrain(DRAINED));
    }

    private static Transition<OptionalInt> undrain() {
        return new Transition<>(
                "undrain",
                lab -> lab.bystander.pools().drain(DRAINED, DRAIN),
                (router, lab) -> router.pools().undrain(DRAINED),
                (lab, calls) -> {
                    assertThat(calls).hasValue(0);
                    assertThat(lab.bystander
                                    .pools()
                                    .findPod(DRAINED)
                                    .orElseThrow()
                                    .state())
                            .isEqualTo(PodState.AVAILABLE);
                },
                lab -> {});
    }

    private static Transition<Boolean> confirm() {
        return new Transition<>(
                "confirm",
                lab -> {
                    lab.calls(CALL);
                    lab.keys.zadd(lab.key("calls:by_expiry"), 4e12, CALL);
                },
                (router, lab) -> router.pools().confirm(SID),
                (lab, known) -> {
                    assertThat(known).isTrue();
                    assertThat(lab.keys.zscore(lab.key("calls:by_expiry"), CALL))
                            .as("deadline")
                            .isLessThan(4e12);
                    assertThat(lab.keys.hexists(lab.key("call:" + CALL), "token"))
                            .isFalse();
                },
                lab -> lab.release(CALL));
    }
}
