package dev.smartrouter.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.StoreLaws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What the original router leaves behind, in good days and in bad ones: documented keys, and not a field of ours. */
class LeftByTheOriginalIT {
    private static final String GOLD = "voice:pool:gold:";
    private static final String BASIC = "voice:pool:basic:";

    private final VerifiedStore store = new VerifiedStore();
    private final Jedis keys = store.keys();

    @BeforeEach
    void fill() {
        keys.flushAll();
        member(GOLD, "gold", "agent-0");
        keys.sadd(GOLD + "available", "agent-0");
        member(GOLD, "gold", "agent-1");
        call("CA1", "agent-1", "pool:gold");
        keys.hset("voice:call:CA1", "_lock", "1");
        keys.expire("voice:call:CA1", 86_400);
        keys.setex("voice:lease:agent-1", 86_400, "CA1");
        keys.hset("voice:pod:agent-1", "allocated_call_sid", "CA1");
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private void member(String pool, String tier, String pod) {
        keys.sadd(pool + "assigned", pod);
        keys.set("voice:pod:tier:" + pod, tier);
        keys.hset("voice:pod:" + pod, "status", "available");
    }

    private void call(String sid, String pod, String pool) {
        keys.hset("voice:call:" + sid, "pod_name", pod);
        keys.hset("voice:call:" + sid, "source_pool", pool);
        keys.hset("voice:call:" + sid, "allocated_at", "2026-01-01T12:00:00Z");
    }

    private void isMended() {
        assertThat(store.mend().after().findings()).isEmpty();
        assertThat(StoreLaws.broken(keys)).isEmpty();
        assertThat(store.verify().whole()).isTrue();
    }

    @Test
    void whatIsSoundIsAdoptedAndNoCallLosesItsPod() {
        assertThat(store.lines())
                .containsExactlyInAnyOrder(
                        "a pool's members are pods (I10): pod agent-0: in pool:gold:assigned; repair: audit the pods",
                        "a pool's members are pods (I10): pod agent-1: in pool:gold:assigned; repair: audit the pods",
                        "a call is of a life of its pod (I8): call CA1: on agent-1; repair: adopt the calls");
        isMended();
        assertThat(keys.smembers("voice:pod:agent-1:calls")).containsExactly("CA1");
        assertThat(keys.smembers(GOLD + "available")).containsExactly("agent-0");
    }

    @Test
    void toLookWritesNothingEvenWhereNoRouterHasBeen() {
        var before = keys.keys("*");
        assertThat(store.verify().findings()).isNotEmpty();
        assertThat(keys.keys("*")).isEqualTo(before);
    }

    @Test
    void aLockThatNoCallFollowedDoesNotStay() {
        keys.hset("voice:call:CA5", "_lock", "1");
        assertThat(store.lines()).anySatisfy(line -> assertThat(line).contains("call CA5: call:CA5 has no TTL"));
        isMended();
        assertThat(keys.exists("voice:call:CA5")).isFalse();
    }

    @Test
    void aRecordWithoutTtlGetsOne() {
        keys.persist("voice:call:CA1");
        assertThat(store.lines()).anySatisfy(line -> assertThat(line).contains("call CA1: call:CA1 has no TTL"));
        isMended();
        assertThat(keys.ttl("voice:call:CA1")).isPositive();
    }

    @Test
    void aLeaseWhoseCallIsGoneDoesNotHoldAPod() {
        member(GOLD, "gold", "agent-2");
        keys.setex("voice:lease:agent-2", 60, "CA-expired");
        isMended();
        assertThat(keys.exists("voice:lease:agent-2")).isFalse();
        assertThat(keys.smembers(GOLD + "available")).contains("agent-2");
    }

    @Test
    void aLeaseOfNoPodGoes() {
        keys.setex("voice:lease:agent-9", 60, "CA9");
        assertThat(store.lines())
                .contains(
                        "a pod's keys are of a pod that is known (I10): pod agent-9: lease:agent-9; repair: remove the"
                                + " pod");
        isMended();
        assertThat(keys.exists("voice:lease:agent-9")).isFalse();
    }

    @Test
    void aPodThatNoPoolHasIsNotPutToWork() {
        keys.hset("voice:pod:agent-9", "status", "available");
        keys.set("voice:pod:tier:agent-9", "gold");
        isMended();
        assertThat(keys.keys("voice:pod:*agent-9")).isEmpty();
        assertThat(keys.smembers(GOLD + "available")).containsExactly("agent-0");
    }

    @Test
    void aSharedPoolThatIsAPlainSetIsSharedAllTheSame() {
        member(BASIC, "basic", "agent-3");
        keys.sadd(BASIC + "available", "agent-3");
        assertThat(store.lines())
                .contains("a shared pool is a sorted set and an exclusive one a set (I12): pool:basic:"
                        + " pool:basic:available is a set, the pool is shared; repair: audit the pods");
        isMended();
    }

    @Test
    void aPodInTwoPoolsStaysInOne() {
        keys.zadd(BASIC + "available", 0, "agent-0");
        keys.sadd(BASIC + "assigned", "agent-0");
        isMended();
        assertThat(keys.exists(BASIC + "available", BASIC + "assigned")).isZero();
    }

    @Test
    void aScoreThatDriftedIsCountedAnew() {
        member(BASIC, "basic", "agent-3");
        keys.zadd(BASIC + "available", 2, "agent-3");
        isMended();
        assertThat(keys.zscore(BASIC + "available", "agent-3")).isZero();
    }

    @Test
    void aDrainWithoutEndGetsOne() {
        keys.set("voice:pod:draining:agent-0", "1");
        assertThat(store.lines())
                .contains("a drain has a TTL (I11): pod agent-0: pod:draining:agent-0 has no TTL; repair: drain the pod"
                        + " anew");
        isMended();
        assertThat(keys.ttl("voice:pod:draining:agent-0")).isBetween(1L, 360L);
    }

    @Test
    void aPoolThatNobodyKnowsIsLeftWithTheReason() {
        keys.sadd("voice:pool:platinum:assigned", "agent-7");
        var left = store.mend().after().findings();
        assertThat(left).singleElement().satisfies(finding -> {
            assertThat(finding.line()).contains("pod agent-7: in pool:platinum:assigned");
            assertThat(finding.why()).isEqualTo("; its pool is in no tier config and has no mode");
        });
    }
}
