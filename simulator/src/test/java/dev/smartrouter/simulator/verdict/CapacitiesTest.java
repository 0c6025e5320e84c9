package dev.smartrouter.simulator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CapacitiesTest {
    private final Capacities capacities = new Capacities();

    /** Looked at from 10 to 20 and from 40 to 50, once with 3 and once with 1. */
    @BeforeEach
    void look() {
        for (int at = 10; at <= 20; at++) capacities.seen("agent-0", 3, at);
        for (int at = 40; at <= 50; at++) capacities.seen("agent-0", 1, at);
    }

    @Test
    void whatWasSeenWithinTheWindowCounts() {
        assertThat(capacities.greatest("agent-0", 12, 18)).isEqualTo(3);
        assertThat(capacities.greatest("agent-0", 42, 48)).isEqualTo(1);
        assertThat(capacities.greatest("agent-0", 18, 42)).isEqualTo(3);
    }

    @Test
    void whereNobodyLookedWhatCameBeforeAndAfterCounts() {
        assertThat(capacities.greatest("agent-0", 25, 30)).isEqualTo(3);
        assertThat(capacities.greatest("agent-0", 35, 45)).isEqualTo(3);
        assertThat(capacities.greatest("agent-0", 55, 60)).isEqualTo(1);
        assertThat(capacities.greatest("agent-0", 1, 5)).isEqualTo(3);
    }

    @Test
    void whatNobodyEverSawIsUnknown() {
        assertThat(capacities.greatest("agent-1", 1, 100)).isEqualTo(Capacities.UNKNOWN);
    }
}
