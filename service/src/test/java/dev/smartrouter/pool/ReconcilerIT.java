package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.tier.TierConfig;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** One comparison of the pools with the cluster, while calls come. */
class ReconcilerIT {
    private static final int PODS = 4;

    private final RedisProcess redis = RedisProcess.start();
    private final AtomicReference<TierConfig> tiers = new AtomicReference<>(tiers(PODS, 0));
    private final RedisRouter router = new RedisRouter(redis.url(), "voice:", tiers.get());
    private final StoppingRoster roster = new StoppingRoster(router.roster);
    private final Reconciler reconciler = new Reconciler(
            new ReadyAgents(PODS),
            roster,
            new Fleet(router.upkeep),
            tiers::get,
            Leadership.unelected(),
            new Rebalancer(roster, tiers::get, Leadership.unelected(), System::nanoTime));

    @AfterEach
    void close() {
        router.close();
        redis.close();
    }

    private static TierConfig tiers(int gold, int silver) {
        return TierConfig.parse("""
                {"tiers":{"gold":{"type":"exclusive","target":%d},"silver":{"type":"exclusive","target":%d}},\
                "default_chain":["gold","silver"]}""".formatted(gold, silver));
    }

    @Test
    void whereACallIsQuickerThanAMoveAnotherPodMoves() {
        router.started();
        reconciler.reconcile();
        tiers.set(tiers(1, PODS - 1));
        roster.stopBeforeTheNextWrite(() -> call("agent-0"));
        reconciler.reconcile();
        try (var keys = redis.connect()) {
            assertThat(assigned(keys, "gold")).containsExactly("agent-0");
            assertThat(assigned(keys, "silver")).containsExactlyInAnyOrder("agent-1", "agent-2", "agent-3");
            StoreLaws.assertHold(keys);
        }
    }

    private static Set<String> assigned(Jedis keys, String tier) {
        return keys.smembers("voice:pool:" + tier + ":assigned");
    }

    /** This pod gets a call, and no other one does. */
    private void call(String pod) {
        var others = new ArrayList<String>();
        for (int i = 0; ; i++) {
            router.claim("CA-" + i);
            var taken = router.pools.findCall(new CallSid("CA-" + i)).orElseThrow();
            if (taken.pod().equals(new PodName(pod))) break;
            others.add("CA-" + i);
        }
        others.forEach(router::release);
    }
}
