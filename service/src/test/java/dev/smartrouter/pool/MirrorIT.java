package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a router remembers of calls that other routers gave their pods. */
class MirrorIT {
    private static final TierConfig TIERS = TierConfig.parse(
            "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}");

    private final RedisProcess redis = RedisProcess.start();
    private final RedisRouter others = new RedisRouter(redis.url(), "voice:", TIERS);
    private final AtomicLong nanos = new AtomicLong();
    private final Mirror mirror = new Mirror(nanos::get);

    @BeforeEach
    void open() {
        others.pod("agent-0", "gold").started();
    }

    @AfterEach
    void close() {
        others.close();
        redis.close();
    }

    @Test
    void aSidReleasedAndAskedForAgainElsewhereIsRememberedOnItsPodOfNow() {
        others.claim("CA-1");
        look();
        assertThat(remembered()).isEqualTo(new PodName("agent-0"));

        others.pod("agent-1", "gold");
        others.release("CA-1");
        others.claim("CA-in-the-way");
        others.claim("CA-1");
        others.release("CA-in-the-way");
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        look();

        var now = others.pools.findCall(new CallSid("CA-1")).orElseThrow();
        assertThat(remembered()).isEqualTo(now.pod());
        assertThat(mirror.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.record())
                        .containsEntry(
                                "allocated_at", Long.toString(now.allocatedAt().toEpochMilli())));
    }

    @Test
    void aCallReleasedHereAndBegunAnewElsewhereIsRemembered() {
        others.claim("CA-1");
        look();
        var began = others.pools.findCall(new CallSid("CA-1")).orElseThrow();
        others.release("CA-1");
        mirror.released(began.call(), began.allocatedAt());
        assertThat(mirror.size()).isZero();

        others.claim("CA-1"); // on probation, as a retry that came late may be: only the full look sees it
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        look();
        assertThat(mirror.size()).isEqualTo(1);
    }

    /** Else a store that forgets the release would be told that it was of a call before this one. */
    @Test
    void noCallEndedBeforeItBeganHoweverEarlyTheRoutersClock() {
        try (var here = new RedisRouter(redis.url(), "voice:", TIERS)) {
            here.pools.census(); // both links have heard what time it is
            others.claim("CA-1");
            var began = others.pools.findCall(new CallSid("CA-1")).orElseThrow();
            var early = began.allocatedAt().minus(Duration.ofMillis(200));
            here.store.clock().reset();
            here.store.clock().heard(early.toEpochMilli(), System.nanoTime());
            here.release("CA-1");
            assertThat(here.mirror.releasedLately())
                    .hasEntrySatisfying(began.call(), at -> assertThat(at).isAfterOrEqualTo(began.allocatedAt()));
        }
    }

    private void look() {
        mirror.refresh(others.recovery, others.recovery.beat("me"));
    }

    private PodName remembered() {
        return mirror.calls().stream()
                .filter(call -> call.call().value().equals("CA-1"))
                .findFirst()
                .orElseThrow()
                .pod();
    }
}
