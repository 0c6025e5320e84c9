package dev.smartrouter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FormTest {
    @Test
    void plusAndEscapesAreDecoded() {
        assertThat(Form.read("From=%2B123&Name=a+b%20c&Caf%C3%A9=%e2%82%ac"))
                .isEqualTo(Map.of("From", "+123", "Name", "a b c", "Café", "€"));
    }

    @Test
    void aBadEscapeStandsForItself() {
        assertThat(Form.read("a=100%&b=%zz&c=%4&d=%&%=e"))
                .isEqualTo(Map.of("a", "100%", "b", "%zz", "c", "%4", "d", "%", "%", "e"));
    }

    @Test
    void bytesThatAreNoTextBecomeAReplacement() {
        assertThat(Form.read("a=%ff%fe")).isEqualTo(Map.of("a", "\uFFFD\uFFFD"));
    }

    @Test
    void ofARepeatedKeyTheFirstCounts() {
        assertThat(Form.read("CallSid=CA1&CallSid=CA2")).isEqualTo(Map.of("CallSid", "CA1"));
    }

    @Test
    void whatIsMissingIsEmpty() {
        assertThat(Form.read("")).isEmpty();
        assertThat(Form.read("&&=x&a&b=&c=d=e")).isEqualTo(Map.of("", "x", "a", "", "b", "", "c", "d=e"));
    }
}
