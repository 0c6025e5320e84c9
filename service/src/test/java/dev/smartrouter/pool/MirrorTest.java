package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

/** A router's memory of live calls, on a store in memory and a clock that stands still. */
class MirrorTest {
    private final StoreFixture store = new InMemoryFixture().opened().pod("agent-0", StoreFixture.GOLD);
    private final Mirror mirror = new Mirror(() -> store.now().toEpochMilli() * 1_000_000);

    @Test
    void aCallOfAnotherRouterIsKnownAfterTheNextBeat() {
        store.claimed("CA1");
        assertThat(mirror.size()).isZero();
        beat();
        assertThat(mirror.calls()).containsExactly(store.mirrored("CA1"));
        assertThat(mirror.gen()).contains("gen");
    }

    @Test
    void aCallThatAnotherRouterReleasedIsForgottenWithinTenSeconds() {
        store.claimed("CA1");
        beat();
        store.release("CA1");
        store.elapse(Duration.ofSeconds(11));
        beat();
        assertThat(mirror.size()).isZero();
    }

    @Test
    void aCallThatWasConfirmedHasItsNewDeadline() {
        store.claimed("CA1");
        beat();
        store.elapse(Duration.ofMinutes(5));
        store.pools().confirm(new CallSid("CA1"));
        beat();
        assertThat(mirror.calls()).containsExactly(store.mirrored("CA1"));
    }

    @Test
    void aSidThatThisRouterReleasedAndAnotherAllocatedAnewIsKnown() {
        store.claimed("CA1");
        beat();
        store.release("CA1");
        mirror.released(new CallSid("CA1"), store.now());
        beat();
        assertThat(mirror.size()).isZero();
        store.elapse(Duration.ofSeconds(11)); // its deadline is a short one: only a look at all calls finds it
        store.claimed("CA1");
        beat();
        assertThat(mirror.calls()).containsExactly(store.mirrored("CA1"));
    }

    @Test
    void whatThisRouterReleasedDoesNotComeBackFromAnOldAnswer() {
        store.claimed("CA1");
        mirror.released(new CallSid("CA1"), store.now());
        beat();
        assertThat(mirror.size()).isZero();
        assertThat(mirror.releasedLately()).containsKey(new CallSid("CA1"));
        store.elapse(Duration.ofSeconds(61));
        beat();
        assertThat(mirror.releasedLately()).isEmpty();
    }

    @Test
    void aStoreThatIsClosedTeachesNothing() {
        store.claimed("CA1");
        beat();
        store.flush();
        store.elapse(Duration.ofSeconds(11));
        beat();
        assertThat(mirror.size()).isEqualTo(1);
        assertThat(mirror.gen()).contains("gen");
    }

    /** The look at all calls falls between the end of the first and the beginning of the second. */
    @Test
    void aSidThatThisRouterAllocatesAnewDuringALookIsRemembered() {
        claim("CA1");
        beat();
        store.elapse(Duration.ofSeconds(11));
        during("expiring", () -> release("CA1"), () -> claim("CA1"));
        assertThat(mirror.calls()).containsExactly(store.mirrored("CA1"));
    }

    @Test
    void anAnswerThatIsOlderThanWhatThisRouterDidMeanwhileDoesNotReplaceIt() {
        store.claimed("CA1"); // by another router
        store.elapse(Duration.ofSeconds(1));
        during("fetch", () -> {}, () -> {
            release("CA1");
            claim("CA1");
        });
        assertThat(mirror.calls()).containsExactly(store.mirrored("CA1"));
    }

    @Test
    void allCallsAreLookedAtOnceInTenSecondsAndNotMoreOften() {
        assertThat(mirror.fullAt()).isEqualTo(Instant.EPOCH);
        store.claimed("CA1");
        beat();
        var looked = store.now();
        assertThat(mirror.fullAt()).isEqualTo(looked);
        store.release("CA1");
        store.elapse(Duration.ofSeconds(10));
        beat();
        assertThat(mirror.fullAt()).isEqualTo(looked);
        assertThat(mirror.holds(new CallSid("CA1"))).isTrue();
        store.elapse(Duration.ofMillis(1));
        beat();
        assertThat(mirror.fullAt()).isEqualTo(store.now());
        assertThat(mirror.holds(new CallSid("CA1"))).isFalse();
    }

    @Test
    void aStoreThatWasOpenedAnewIsLookedAtWhole() {
        store.claimed("CA1");
        beat();
        store.flush();
        store.opened("another").pod("agent-1", StoreFixture.GOLD);
        beat();
        assertThat(mirror.gen()).contains("another");
        assertThat(mirror.size()).isZero();
    }

    /** Also where a page is full of calls of one and the same deadline, which no next page could begin after. */
    @Test
    void callsOfManyPagesAreAllKnown() {
        for (int i = 0; i < 3_500; i++) {
            if (i < 500 || i > 3_000) store.elapse(Duration.ofMillis(1));
            store.pod("many-" + i, StoreFixture.GOLD).claimed("CA" + i);
        }
        beat();
        assertThat(mirror.size()).isEqualTo(3_500);
    }

    @Test
    void aCallThatWasAnsweredTwiceCanNoLongerBeAbandonedByTheFirst() {
        store.claimed("CA1");
        var known = store.mirrored("CA1");
        var record = new HashMap<>(known.record());
        record.put(CallRecord.TOKEN, "ours");
        mirror.allocated(new MirroredCall(
                known.call(), known.pod(), known.incarnation(), known.pool(), known.deadline(), record));
        mirror.answeredAgain(new CallSid("CA1"));
        mirror.answeredAgain(new CallSid("CA2")); // which is not known
        assertThat(mirror.calls()).containsExactly(known);
    }

    private void claim(String call) {
        store.claimed(call);
        mirror.allocated(store.mirrored(call));
    }

    private void release(String call) {
        store.release(call);
        mirror.released(new CallSid(call), store.now());
        store.elapse(Duration.ofMillis(1));
    }

    private void beat() {
        mirror.refresh(store.recovery(), store.recovery().beat("r1"));
    }

    /** A beat, before and after one step of which something else happens. */
    private void during(String step, Runnable before, Runnable after) {
        var recovery = (Recovery) Proxy.newProxyInstance(
                Recovery.class.getClassLoader(), new Class<?>[] {Recovery.class}, (proxy, method, args) -> {
                    var here = method.getName().equals(step);
                    if (here) before.run();
                    var answer = method.invoke(store.recovery(), args);
                    if (here) after.run();
                    return answer;
                });
        mirror.refresh(recovery, store.recovery().beat("r1"));
    }
}
