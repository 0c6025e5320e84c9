package dev.smartrouter.simulator.crash;

import static dev.smartrouter.pool.Written.Verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pod.Pod;
import dev.smartrouter.pool.PodReport;
import dev.smartrouter.pool.Written;
import dev.smartrouter.tier.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What the leader does with pods, and what keeps the store true. */
final class LeaderTransitions {
    private static final PoolName GOLD = new PoolName("pool:gold");
    private static final PoolName STANDARD = new PoolName("pool:standard");
    private static final PodName OLD = new PodName("gold-0");
    private static final PodName NEW = new PodName("gold-2");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    /** So many that a pool is rebuilt in several slices. */
    private static final int MANY = 250;

    private LeaderTransitions() {}

    static List<Transition<?>> all() {
        return List.of(registerNew(), registerAgain(), remove(), move(), retype(), sweep(), audit(), lead());
    }

    private static PodReport report(PodName pod, int restarts) {
        return new PodReport(
                pod,
                Incarnation.of("uid-" + pod, NOON, restarts),
                NOON,
                true,
                false,
                GOLD,
                Optional.empty(),
                true,
                "{}");
    }

    private static void remove(Lab lab, PodName pod, int restarts) {
        lab.bystander
                .roster()
                .remove(OptionalLong.empty(), pod, report(pod, restarts).incarnation());
    }

    private static Optional<Pod> found(Lab lab, PodName pod) {
        return lab.bystander.pools().findPod(pod);
    }

    private static Transition<Written> registerNew() {
        return new Transition<>(
                "register, a new pod",
                lab -> {},
                (router, lab) -> router.roster().register(lab.token, report(NEW, 0)),
                (lab, written) -> {
                    assertThat(written.verdict()).isIn(Verdict.NEW, Verdict.DONE);
                    assertThat(found(lab, NEW).orElseThrow().pool()).isEqualTo(GOLD);
                },
                lab -> remove(lab, NEW, 0));
    }

    /** Both pods of gold are taken; the one that restarts loses its call. */
    private static Transition<Written> registerAgain() {
        return new Transition<>(
                "register, a pod's next life",
                lab -> lab.calls("CA-1", "CA-2"),
                (router, lab) -> router.roster().register(lab.token, report(OLD, 1)),
                (lab, written) -> {
                    assertThat(written.verdict()).isIn(Verdict.REINCARNATED, Verdict.DONE);
                    assertThat(lab.live()).hasSize(1);
                    assertThat(found(lab, OLD).orElseThrow().calls()).isEmpty();
                },
                lab -> lab.release("CA-1", "CA-2"));
    }

    private static Transition<Written> remove() {
        return new Transition<>(
                "remove",
                lab -> lab.calls("CA-1", "CA-2"),
                (router, lab) ->
                        router.roster().remove(lab.token, OLD, report(OLD, 0).incarnation()),
                (lab, written) -> {
                    assertThat(written.verdict()).isIn(Verdict.DONE, Verdict.NOT_FOUND);
                    assertThat(lab.live()).hasSize(1);
                    assertThat(found(lab, OLD)).isEmpty();
                },
                lab -> {
                    lab.bystander.roster().register(OptionalLong.empty(), report(OLD, 0));
                    lab.release("CA-1", "CA-2");
                });
    }

    private static Transition<Written> move() {
        return new Transition<>(
                "move",
                lab -> {},
                (router, lab) -> router.roster().move(lab.token, OLD, GOLD, STANDARD, false),
                (lab, written) -> {
                    assertThat(written.verdict()).isIn(Verdict.DONE, Verdict.STALE);
                    assertThat(found(lab, OLD).orElseThrow().pool()).isEqualTo(STANDARD);
                },
                lab -> lab.bystander.roster().move(OptionalLong.empty(), OLD, STANDARD, GOLD, false));
    }

    private static Transition<Written> retype() {
        return new Transition<>(
                "retype, in slices",
                lab -> IntStream.range(0, MANY)
                        .forEach(i -> lab.bystander
                                .roster()
                                .register(OptionalLong.empty(), report(new PodName("many-" + i), 0))),
                (router, lab) -> router.roster().retype(lab.token, GOLD, Mode.SHARED),
                (lab, written) -> {
                    assertThat(written.verdict()).isEqualTo(Verdict.DONE);
                    assertThat(lab.keys.hget(lab.key("tier:modes"), GOLD.value()))
                            .isEqualTo("shared");
                    lab.audit(); // a slice that nobody heard of is the last, until then
                    assertThat(lab.keys.zcard(lab.key("pool:gold:available"))).isEqualTo(MANY + 2);
                },
                lab -> {
                    IntStream.range(0, MANY).forEach(i -> remove(lab, new PodName("many-" + i), 0));
                    lab.bystander.roster().retype(OptionalLong.empty(), GOLD, Mode.EXCLUSIVE);
                });
    }

    private static Transition<List<CallSid>> sweep() {
        return new Transition<>(
                "sweep",
                lab -> {
                    lab.calls("CA-1", "CA-2");
                    lab.keys.zadd(lab.key("calls:by_expiry"), 1, "CA-1");
                },
                (router, lab) -> router.upkeep().sweep(100),
                (lab, ended) -> assertThat(lab.live()).containsExactly("CA-2"),
                lab -> lab.release("CA-2"));
    }

    /** An operator's hand was in all of a pool's keys. */
    private static Transition<?> audit() {
        return new Transition<>(
                "audit",
                lab -> {
                    lab.keys.srem(lab.key("pool:gold:available"), "gold-0");
                    lab.keys.set(lab.key("pod:tier:gold-1"), "standard");
                    lab.keys.zadd(lab.key("pool:basic:available"), 2, "basic-0");
                },
                (router, lab) -> router.upkeep().audit(router.upkeep().members()),
                (lab, seen) -> assertThat(seen).hasSize(5),
                lab -> {});
    }

    private static Transition<Long> lead() {
        return new Transition<>(
                "lead",
                lab -> {},
                (router, lab) -> router.roster().lead(lab.token.getAsLong()),
                (lab, token) -> {
                    assertThat(token).isGreaterThan(lab.token.getAsLong());
                    var written = lab.bystander.roster().register(OptionalLong.of(token), report(OLD, 0));
                    assertThat(written.verdict()).as("what it writes").isEqualTo(Verdict.DONE);
                    var deposed = lab.bystander.roster().register(lab.token, report(OLD, 0));
                    assertThat(deposed.verdict()).isEqualTo(Verdict.FENCED);
                },
                lab -> {});
    }
}
