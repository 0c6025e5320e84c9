package dev.smartrouter.app;

import dev.smartrouter.pool.AbandonedClaims;
import dev.smartrouter.pool.Mirror;
import dev.smartrouter.pool.RedisStore;
import dev.smartrouter.pool.Replay;
import dev.smartrouter.pool.Sweeper;
import dev.smartrouter.pool.UnheardReleases;
import dev.smartrouter.tier.LiveTierConfig;
import java.util.function.BooleanSupplier;

/** Figures that somebody else keeps: read at each scrape from memory, so they neither drift nor cost. */
final class RouterGauges {
    private final RouterMetrics metrics;

    RouterGauges(RouterMetrics metrics) {
        this.metrics = metrics;
    }

    RouterGauges calls(Mirror mirror) {
        metrics.gauge("active_calls", "Live calls, as this router knows them.", mirror::size);
        return this;
    }

    RouterGauges pools(PoolFigures pools) {
        metrics.gauges("pool_available_pods", "Pods that would take a call.", "tier", pools::available);
        metrics.gauges("pool_assigned_pods", "Pods of the pool.", "tier", pools::assigned);
        return this;
    }

    RouterGauges store(RedisStore store, AbandonedClaims abandoned, UnheardReleases unheard, Replay replay) {
        metrics.gauge(
                "gate_open",
                "1 while the store is open for new calls.",
                () -> flag(store.gate().isOpen()));
        metrics.gauge("store_connected", "1 while the link that calls use is up.", () -> flag(store.isConnected()));
        metrics.gauge(
                "store_breaker_open",
                "1 while requests for the store are refused at once.",
                () -> flag(!store.breakerState().equals("CLOSED")));
        metrics.gauge(
                "store_unfit",
                "1 while Redis is set up so that it may lose calls, as by an eviction policy.",
                () -> flag(!store.warning().isEmpty()));
        metrics.gauge("store_queue", "Requests that wait to be sent to the store.", store::queued);
        metrics.count("store_scripts_total", "Scripts sent for calls.", store::scripts);
        metrics.count("store_exchanges_total", "Network exchanges that these took.", store::exchanges);
        metrics.count(
                "abandoned_claims_released_total",
                "Pods given back whose callers had been refused.",
                abandoned::released);
        metrics.count(
                "unheard_releases_released_total",
                "Pods given back by a release that the store had not answered.",
                unheard::released);
        metrics.count("calls_restored_total", "Calls brought back after the store lost them.", replay::restored);
        return this;
    }

    RouterGauges upkeep(Sweeper sweeper, LiveTierConfig tiers, BooleanSupplier leader) {
        metrics.count("zombies_recovered_total", "Calls ended that outlived their deadline.", sweeper::ended);
        metrics.count("tier_configs_refused_total", "Texts in the store that are no tier config.", tiers::refusals);
        metrics.gauge(
                "tier_config_refused",
                "1 while the tier config in the store is refused.",
                () -> flag(!tiers.refusal().isEmpty()));
        metrics.gauge("leader_status", "1 while this replica leads.", () -> flag(leader.getAsBoolean()));
        return this;
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }
}
