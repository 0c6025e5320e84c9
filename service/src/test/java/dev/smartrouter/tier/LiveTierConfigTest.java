package dev.smartrouter.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveTierConfigTest {
    private static final String ONE = "{\"gold\":1}";
    private static final String TWO = "{\"gold\":2}";

    private final MemoryStore store = new MemoryStore();

    @Test
    void withoutAnythingTheOriginalsTiersCountAndAreSeeded() {
        var tiers = live(Optional.empty(), true);
        assertThat(tiers.get()).isEqualTo(TierConfig.DEFAULT);
        tiers.tick();
        assertThat(store.text).isEqualTo(TierConfig.DEFAULT_JSON);
        assertThat(tiers.isStored()).isTrue();
    }

    @Test
    void whatIsWantedCountsAtOnceAndIsSeededAsWritten() {
        var tiers = live(Optional.of(ONE), true);
        assertThat(tiers.get()).isEqualTo(TierConfig.parse(ONE));
        tiers.tick();
        assertThat(store.text).isEqualTo(ONE);
    }

    @Test
    void whatIsStoredOutranksWhatIsWanted() {
        store.text = TWO;
        var tiers = live(Optional.of(ONE), true);
        tiers.tick();
        assertThat(tiers.get()).isEqualTo(TierConfig.parse(TWO));
        assertThat(store.text).isEqualTo(TWO);
    }

    @Test
    void aChangeIsSeenInTheNextTurn() {
        var tiers = live(Optional.of(ONE), true);
        tiers.tick();
        store.text = TWO;
        tiers.tick();
        assertThat(tiers.get()).isEqualTo(TierConfig.parse(TWO));
    }

    @Test
    void aMalformedChangeIsRefusedOnceAndTheLastGoodOneStays() {
        var tiers = live(Optional.of(ONE), true);
        tiers.tick();
        store.text = "{\"gold\":-1}";
        tiers.tick();
        tiers.tick();
        assertThat(tiers.get()).isEqualTo(TierConfig.parse(ONE));
        assertThat(tiers.refusals()).isOne();
        assertThat(tiers.refusal()).contains("gold").doesNotContain("\n");
        store.text = "nonsense";
        tiers.tick();
        assertThat(tiers.refusals()).isEqualTo(2);
    }

    @Test
    void aMendedTextEndsTheRefusal() {
        var tiers = live(Optional.of(ONE), true);
        tiers.tick();
        store.text = "nonsense";
        tiers.tick();
        store.text = ONE;
        tiers.tick();
        assertThat(tiers.refusal()).isEmpty();
        assertThat(tiers.get()).isEqualTo(TierConfig.parse(ONE));
    }

    @Test
    void aStoreThatForgotGetsBackWhatItHeldAndNotTheFirstSeed() {
        var tiers = live(Optional.of(ONE), true);
        tiers.tick();
        store.text = TWO;
        tiers.tick();
        store.text = null;
        tiers.tick();
        assertThat(store.text).isEqualTo(TWO);
    }

    @Test
    void aReplicaThatDoesNotLeadSeedsNothing() {
        var tiers = live(Optional.of(ONE), false);
        tiers.tick();
        assertThat(store.text).isNull();
        assertThat(tiers.get()).isEqualTo(TierConfig.parse(ONE));
        assertThat(tiers.isStored()).isFalse();
    }

    @Test
    void aStoreOutOfReachChangesNothingAndThrowsNothing() {
        var tiers = live(Optional.of(ONE), true);
        store.gone = true;
        tiers.tick();
        tiers.tick();
        assertThat(tiers.get()).isEqualTo(TierConfig.parse(ONE));
        store.gone = false;
        tiers.tick();
        assertThat(store.text).isEqualTo(ONE);
    }

    @Test
    void aWantedTextThatIsNoneIsRefusedWhereItIsGiven() {
        assertThatThrownBy(() -> live(Optional.of("[]"), true)).isInstanceOf(InvalidTierConfigException.class);
    }

    private LiveTierConfig live(Optional<String> wanted, boolean maySeed) {
        return new LiveTierConfig(store, wanted, () -> maySeed);
    }

    private static final class MemoryStore implements TierConfigStore {
        private String text;
        private boolean gone;

        @Override
        public Optional<String> read() {
            if (gone) throw new IllegalStateException("out of reach");
            return Optional.ofNullable(text);
        }

        @Override
        public boolean seed(String seed) {
            if (gone) throw new IllegalStateException("out of reach");
            if (text != null) return false;
            text = seed;
            return true;
        }
    }
}
