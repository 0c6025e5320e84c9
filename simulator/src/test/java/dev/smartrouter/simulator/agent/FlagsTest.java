package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagsTest {
    private final SettableConfig config = new SettableConfig(Flags.ALL_CALLS);

    /** As Python 3 computes them: {@code int(md5(m.encode()).hexdigest(), 16) % 100}. */
    @ParameterizedTest
    @CsvSource({"acme, 78", "9shines, 2", "bluebird, 78", "merchant_abc, 19", "händler, 15", "'', 66"})
    void aMerchantsShareIsThatOfPython(String merchant, int share) {
        assertThat(Flags.share(merchant)).isEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // isolation | breaker open | percentage | merchants | merchant | asks the router
                "true  | false | 100 | ''       | acme | true",
                "false | false | 100 | ''       | acme | false",
                "true  | true  | 100 | ''       | acme | false",
                "true  | false | 0   | ''       | acme | false",
                "true  | false | 0   | acme     | acme | false",
                "true  | false | 78  | ''      | acme | false",
                "true  | false | 79  | ''     | acme | true",
                "true  | false | 1   | ''       | ''   | true",
                "true  | false | 0   | ''       | ''   | false",
                "true  | false | 100 | acme     | acme | true",
                "true  | false | 100 | bluebird | acme | false",
                "true  | false | 100 | bluebird | ''   | false",
                "true  | false | 78  | acme    | acme | false",
            })
    void theFlowOfTheReference(
            boolean isolation, boolean open, int percentage, String merchants, String merchant, boolean asks) {
        var listed = merchants.isEmpty() ? Set.<String>of() : Set.of(merchants);
        assertThat(new Flags(isolation, percentage, listed, false, true).isolates(merchant, open))
                .isEqualTo(asks);
    }

    @Test
    void onlyNamedFlagsAreSet() throws JsonProcessingException {
        merge("{\"SMART_ROUTER_PERCENTAGE\":40,\"SMART_ROUTER_MERCHANTS\":[\"acme\"]}");
        merge("{\"SMART_ROUTER_ENABLE_TWILIO_DIRECT\":true}");
        assertThat(config.flags()).isEqualTo(new Flags(true, 40, Set.of("acme"), true, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"SMART_ROUTER_PERCENT\":1}",
                "{\"SMART_ROUTER_PERCENTAGE\":101}",
                "{\"SMART_ROUTER_PERCENTAGE\":-1}",
                "{\"SMART_ROUTER_PERCENTAGE\":\"5\"}",
                "{\"SMART_ROUTER_MERCHANTS\":\"acme\"}",
                "{\"SMART_ROUTER_MERCHANTS\":[1]}",
                "{\"SMART_ROUTER_ENABLE_FALLBACK\":false,\"ENABLE_VOICE_AGENT_POD_ISOLATION\":\"yes\"}"
            })
    void aWrongFlagSetsNothing(String changes) {
        assertThatThrownBy(() -> merge(changes)).isInstanceOf(IllegalArgumentException.class);
        assertThat(config.flags()).isEqualTo(Flags.ALL_CALLS);
    }

    private void merge(String changes) throws JsonProcessingException {
        config.merge(new ObjectMapper().readTree(changes));
    }
}
