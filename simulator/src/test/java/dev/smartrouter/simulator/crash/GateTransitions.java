package dev.smartrouter.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.pool.Recovery.Beat;
import dev.smartrouter.pool.Recovery.Restored;
import dev.smartrouter.pool.Recovery.Round;
import java.util.List;
import java.util.Optional;

/** What routers do before a gate that is closed, and what closes it. */
final class GateTransitions {
    private static final String GEN = "opened";

    private GateTransitions() {}

    static List<Transition<?>> all() {
        return List.of(beat(), begin(), restore(), ack(), open());
    }

    private static void lose(Lab lab) {
        lab.keys.del(lab.key("state:gen"));
    }

    private static Round round(Lab lab) {
        return lab.bystander.recovery().begin().orElseThrow();
    }

    private static void noneIsAllocated(Lab lab) {
        assertThat(lab.bystander.allocate("CA-early")).isInstanceOf(AllocationResult.Recovering.class);
    }

    private static Transition<Beat> beat() {
        return new Transition<>(
                "beat",
                lab -> {},
                (router, lab) -> router.recovery().beat("router"),
                (lab, beat) -> {
                    assertThat(beat.gen()).isPresent();
                    assertThat(beat.routers()).containsExactly("router");
                },
                lab -> {});
    }

    private static Transition<Optional<Round>> begin() {
        return new Transition<>(
                "begin",
                GateTransitions::lose,
                (router, lab) -> router.recovery().begin(),
                (lab, round) -> {
                    noneIsAllocated(lab);
                    assertThat(round.orElseThrow()).isEqualTo(round(lab));
                },
                Lab::open);
    }

    private static Transition<Restored> restore() {
        return new Transition<>(
                "restore",
                lab -> {
                    lab.calls("CA-1");
                    lab.mirrored = lab.bystander
                            .recovery()
                            .fetch(List.of(new CallSid("CA-1")))
                            .getFirst();
                    lose(lab);
                    lab.release("CA-1");
                    lab.keys.del(lab.key("ended:CA-1"));
                    var unused = round(lab);
                },
                (router, lab) -> router.recovery().restore(lab.mirrored, false),
                (lab, restored) -> {
                    assertThat(restored).isIn(Restored.RESTORED, Restored.PRESENT);
                    assertThat(lab.held("CA-1").pod()).isEqualTo(lab.mirrored.pod());
                },
                lab -> {
                    lab.open();
                    lab.release("CA-1");
                });
    }

    private static Transition<Boolean> ack() {
        return new Transition<>(
                "ack",
                GateTransitions::lose,
                (router, lab) -> router.recovery().ack(round(lab), "router", true),
                (lab, acked) -> {
                    assertThat(acked).isTrue();
                    noneIsAllocated(lab);
                    assertThat(round(lab).acked()).containsExactly("router");
                    assertThat(round(lab).remembered()).isTrue();
                },
                Lab::open);
    }

    /** Who opened it must know: it tells the cluster, and without that a later loss would look like a first start. */
    private static Transition<Boolean> open() {
        return new Transition<>(
                "open",
                lab -> {
                    lose(lab);
                    lab.round = round(lab);
                },
                (router, lab) -> router.recovery().open(lab.token, GEN, lab.round),
                (lab, opened) -> {
                    assertThat(opened).as("opened").isTrue();
                    assertThat(lab.keys.get(lab.key("state:gen"))).isEqualTo(GEN);
                    assertThat(lab.bystander.recovery().begin()).isEmpty();
                },
                lab -> {});
    }

    /** Redis is another process than the one that the gate was opened on; its connections broke with the old one. */
    static List<Transition<Beat>> hello() {
        return List.of(new Transition<>(
                "hello",
                lab -> {
                    lab.keys.set(lab.key("state:run_id"), "0123456789abcdef");
                    lab.proxy.cut();
                },
                (router, lab) -> router.recovery().beat("router"),
                (lab, beat) -> {
                    assertThat(beat.gen()).isEmpty();
                    noneIsAllocated(lab);
                },
                Lab::open));
    }
}
