package dev.smartrouter.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.StoreLaws;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;

/**
 * Each law, broken by hand in a store that is whole: found, in words, by the verifier and by the laws that other tests
 * look for in one snapshot; and mended, or left with a reason. Calls: CA1 on gold-busy, CA2 to CA4 on basic-0; gold-free is free.
 */
class BrokenLawsIT {
    private static final String GOLD = "voice:pool:gold:available";
    private static final String BASIC = "voice:pool:basic:available";
    private static VerifiedStore store;

    /**
     * One way to break a law.
     *
     * @param numbers of the laws in a snapshot's words, which are others where the one law follows from the other
     * @param mended whether a repair leaves nothing
     */
    private record Breach(Law law, List<String> numbers, boolean mended, String says, Consumer<Jedis> hand) {
        @Override
        public String toString() {
            return law + ": " + says;
        }
    }

    private static Breach mended(Law law, String says, Consumer<Jedis> hand) {
        return new Breach(law, List.of(law.number()), true, says, hand);
    }

    private static Breach left(Law law, String says, Consumer<Jedis> hand) {
        return new Breach(law, List.of(law.number()), false, says, hand);
    }

    static Stream<Breach> breaches() {
        return Stream.of(
                left(Law.TWO_CALLS, "CA1 CA9", keys -> {
                    keys.copy("voice:call:CA1", "voice:call:CA9", false);
                    keys.zadd("voice:calls:by_expiry", 9e12, "CA9");
                    keys.sadd("voice:pod:gold-busy:calls", "CA9");
                }),
                mended(Law.NOT_FREE, "1 calls, and in pool:gold:available", keys -> keys.sadd(GOLD, "gold-busy")),
                mended(
                        Law.OFFERED_ELSEWHERE,
                        "of pool:gold, and in pool:basic:available",
                        keys -> keys.zadd(BASIC, 0, "gold-free")),
                mended(Law.NOT_OFFERED, "not in pool:gold:available", keys -> keys.srem(GOLD, "gold-free")),
                mended(
                        Law.WRONG_SCORE,
                        "scores 0 in pool:basic:available, has 3 calls",
                        keys -> keys.zadd(BASIC, 0, "basic-0")),
                mended(Law.STRANGE_CALL, "CA1 is on gold-", keys -> keys.sadd("voice:pod:basic-0:calls", "CA1")),
                mended(Law.STRANGE_CALL, "CA2 has no record", keys -> keys.del("voice:call:CA2")),
                mended(
                        Law.UNLISTED_CALL,
                        "not among the calls of basic-0",
                        keys -> keys.srem("voice:pod:basic-0:calls", "CA2")),
                mended(
                        Law.UNLISTED_CALL,
                        "on nobody, which is no pod",
                        keys -> keys.hset("voice:call:CA2", "pod_name", "nobody")),
                mended(Law.NO_DEADLINE, "on basic-0", keys -> keys.zrem("voice:calls:by_expiry", "CA2")),
                new Breach(
                        Law.NO_RECORD,
                        List.of("I9"),
                        true,
                        "call CA9: only a deadline",
                        keys -> keys.zadd("voice:calls:by_expiry", 9e12, "CA9")),
                new Breach(
                        Law.NO_RECORD,
                        List.of("I14"),
                        true,
                        "call CA9: only counted to a merchant",
                        keys -> keys.zadd("voice:calls:by_merchant", 7, "CA9")),
                mended(
                        Law.NOT_COUNTED,
                        "of merchant , and scores 7",
                        keys -> keys.zadd("voice:calls:by_merchant", 7, "CA2")),
                mended(
                        Law.NOT_COUNTED,
                        "of merchant shop, and scores nothing",
                        keys -> keys.hset("voice:call:CA2", "merchant_id", "shop")),
                mended(
                        Law.NOT_ASSIGNED,
                        "not in pool:gold:assigned",
                        keys -> keys.srem("voice:pool:gold:assigned", "gold-free")),
                mended(
                        Law.ASSIGNED_ELSEWHERE,
                        "of pool:gold, and in pool:basic:assigned",
                        keys -> keys.sadd("voice:pool:basic:assigned", "gold-busy")),
                mended(
                        Law.WRONG_MIRROR,
                        "pod:tier:gold-free is basic, not gold",
                        keys -> keys.set("voice:pod:tier:gold-free", "basic")),
                mended(Law.WRONG_LEASE, "1 calls, and no lease", keys -> keys.del("voice:lease:gold-busy")),
                mended(
                        Law.WRONG_LEASE,
                        "no calls, and a lease of CA1",
                        keys -> keys.setex("voice:lease:gold-free", 60, "CA1")),
                mended(
                        Law.WRONG_LEASE,
                        "its lease is of CA7, which is no call of it",
                        keys -> keys.setex("voice:lease:gold-busy", 60, "CA7")),
                mended(
                        Law.OTHER_LIFE,
                        "of uid/9 on basic-0, which is uid/0",
                        keys -> keys.hset("voice:call:CA2", "pod_inc", "uid/9")),
                new Breach(
                        Law.NOT_ADOPTED,
                        List.of("I6"),
                        true,
                        "pod gold-new: in pool:gold:assigned",
                        keys -> keys.sadd("voice:pool:gold:assigned", "gold-new")),
                new Breach(Law.NO_POD, List.of("I2"), true, "in pool:gold:available", keys -> keys.sadd(GOLD, "No!")),
                mended(Law.LEFTOVER, "pod:gone:calls pod:tier:gone lease:gone", keys -> {
                    keys.sadd("voice:pod:gone:calls", "CA8");
                    keys.set("voice:pod:tier:gone", "gold");
                    keys.setex("voice:lease:gone", 60, "CA8");
                }),
                mended(Law.LEFTOVER, "pod:gone:calls", keys -> keys.sadd("voice:pod:gone:calls", "CA8")),
                new Breach(
                        Law.CALL_NOT_ADOPTED,
                        List.of("I8"),
                        true,
                        "call CA2: on basic-0",
                        keys -> keys.hdel("voice:call:CA2", "pod_inc")),
                left(Law.EXPIRES, "key tier:modes: tier:modes goes in", keys -> keys.expire("voice:tier:modes", 600)),
                left(
                        Law.EXPIRES,
                        "pod gold-free: pod:gold-free goes in",
                        keys -> keys.expire("voice:pod:gold-free", 600)),
                left(
                        Law.EXPIRES,
                        "pool:gold: pool:gold:assigned goes in",
                        keys -> keys.expire("voice:pool:gold:assigned", 600)),
                mended(Law.CALL_FOR_EVER, "call:CA2 has no TTL", keys -> keys.persist("voice:call:CA2")),
                mended(Law.LOCK_FOR_EVER, "call:CA9 has no TTL", keys -> keys.hset("voice:call:CA9", "_lock", "1")),
                mended(Law.LEASE_FOR_EVER, "lease:basic-0 has no TTL", keys -> keys.persist("voice:lease:basic-0")),
                mended(
                        Law.DRAINS_FOR_EVER,
                        "pod:draining:gold-free has no TTL",
                        keys -> keys.set("voice:pod:draining:gold-free", "1")),
                mended(Law.TOMBSTONE_FOR_EVER, "ended:CA9 has no TTL", keys -> keys.set("voice:ended:CA9", "1")),
                mended(Law.WRONG_INDEX, "pool:basic:available is a set, the pool is shared", keys -> {
                    keys.del(BASIC);
                    keys.sadd(BASIC, "basic-0");
                }),
                mended(Law.WRONG_INDEX, "pool:gold:available is a string, the pool is exclusive", keys -> {
                    keys.del(GOLD);
                    keys.set(GOLD, "gold-free");
                }));
    }

    @BeforeAll
    static void start() {
        store = new VerifiedStore();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @BeforeEach
    void whole() {
        store.opened().pod("gold-busy", "pool:gold").pod("basic-0", "pool:basic");
        for (int i = 1; i <= 4; i++) store.claim("CA" + i);
        store.pod("gold-free", "pool:gold");
    }

    @Test
    void aWholeStoreIsFoundWhole() {
        assertThat(store.verify()).satisfies(report -> {
            assertThat(report.findings()).isEmpty();
            assertThat(report.whole()).isTrue();
            assertThat(report.pods()).isEqualTo(3);
            assertThat(report.calls()).isEqualTo(4);
        });
        assertThat(StoreLaws.broken(store.keys())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void whatAHandBreaksIsFoundInWordsAndMendedOrLeftWithAReason(Breach breach) {
        breach.hand.accept(store.keys());
        var line = breach.law.words() + " (" + breach.law.number() + "): ";
        assertThat(store.lines())
                .anySatisfy(found -> assertThat(found)
                        .startsWith(line)
                        .contains(breach.says)
                        .contains("; repair: " + breach.law.repair().words()));
        for (var number : breach.numbers)
            assertThat(StoreLaws.broken(store.keys()))
                    .anySatisfy(law -> assertThat(law).startsWith(number + ":"));

        var outcome = store.mend();
        if (breach.mended) {
            assertThat(outcome.after().findings()).isEmpty();
            assertThat(StoreLaws.broken(store.keys())).isEmpty();
        } else {
            assertThat(outcome.after().findings())
                    .isNotEmpty()
                    .allSatisfy(finding -> assertThat(finding.law().otherwise()).isNotEmpty());
        }
        assertThat(store.verify().findings()).isEqualTo(outcome.after().findings());
    }

    @Test
    void aFencingTokenThatFellIsSeenFromOneLookToTheNext() {
        assertThat(store.verify().findings()).isEmpty();
        store.keys().set("voice:leader:epoch", "3");
        assertThat(store.lines())
                .singleElement()
                .asString()
                .isEqualTo("the fencing token never falls (I13): key leader:epoch: is 3, was 7; repair: none,"
                        + " the leader's next write stores its own again");
    }

    @Test
    void aCallThatOutlivedItsDeadlineIsSwept() {
        store.keys().zadd("voice:calls:by_expiry", 1, "CA2");
        assertThat(store.lines())
                .singleElement()
                .asString()
                .startsWith("a call past its deadline ends within a sweep's time (L2): call CA2: for ");
        assertThat(store.mend().after().whole()).isTrue();
        assertThat(store.keys().exists("voice:call:CA2")).isFalse();
    }

    @Test
    void aKeyOfAnotherTypeIsLeftToAnOperator() {
        store.keys().rename("voice:calls:by_expiry", "voice:aside");
        store.keys().set("voice:calls:by_expiry", "x");
        assertThat(store.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "a key is of its type (I12): key calls:by_expiry: calls:by_expiry is a string, not a"
                                        + " zset; repair: none, "));
        assertThat(store.mend().after().findings()).isNotEmpty();
        store.keys().del("voice:calls:by_expiry");
        store.keys().rename("voice:aside", "voice:calls:by_expiry");
        assertThat(store.verify().whole()).isTrue();
    }

    @Test
    void everyLawIsBrokenInThisTable() {
        var broken = breaches().map(Breach::law).collect(Collectors.toCollection(() -> EnumSet.noneOf(Law.class)));
        broken.addAll(List.of(Law.TOKEN_FELL, Law.OVERDUE, Law.WRONG_TYPE));
        assertThat(broken).containsExactly(Law.values());
    }
}
