package dev.smartrouter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExotelOriginTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.0/24 |        | 203.0.113.7 |                    | true",
                "203.0.113.0/24 |        | 203.0.114.7 |                    | false",
                "203.0.113.7    |        | 203.0.113.7 |                    | true",
                "2001:db8::/32  |        | 2001:db8::9 |                    | true",
                "203.0.113.0/24 |        | unknown     |                    | false",
                "               | s3cret | 198.51.100.1 | auth_token=s3cret | true",
                "               | s3cret | 198.51.100.1 | auth_token=s3cre  | false",
                "               | s3cret | 198.51.100.1 | auth_token=s3cret2 | false",
                "               | s3cret | 198.51.100.1 | auth_token=       | false",
                "               | s3cret | 198.51.100.1 |                   | false",
                "               | s3cret | 198.51.100.1 | AUTH_TOKEN=s3cret | false",
                "               | a,b    | 198.51.100.1 | auth_token=b&x=1  | true",
                "               | a,b    | 198.51.100.1 | auth_token=x&auth_token=b | false",
                "               | a%2Bb  | 198.51.100.1 | auth_token=a%252Bb | true",
                "203.0.113.0/24 | s3cret | 203.0.113.7 | auth_token=s3cret  | true",
                "203.0.113.0/24 | s3cret | 203.0.113.7 | auth_token=x       | false",
                "203.0.113.0/24 | s3cret | 203.0.114.7 | auth_token=s3cret  | false",
                "               | acme:x | 198.51.100.1 | auth_token=x&merchant_id=acme | true",
                "               | acme:x | 198.51.100.1 | auth_token=x      | false",
                "               |        | 198.51.100.1 | auth_token=       | false",
            })
    void whatIsSetMustHold(String networks, String secrets, String from, String query, boolean holds) {
        var proof = new ExotelOrigin(Networks.parse(orEmpty(networks)), Keyring.parse(orEmpty(secrets)));
        var target = "/api/v1/exotel/allocate" + (query == null ? "" : "?" + query);
        assertThat(proof.holds(Sent.get(target, Map.of("from", from)))).isEqualTo(holds);
        assertThat(proof.holds(Sent.post(target, "{\"CallSid\":\"CA1\"}", Map.of("from", from))))
                .isEqualTo(holds);
    }

    /** A body may be logged or kept where a URL's secret is known not to be. */
    @Test
    void aSecretInTheBodyIsNone() {
        var proof = new ExotelOrigin(Networks.ANY, Keyring.parse("s3cret"));
        assertThat(proof.holds(Sent.post("/api/v1/exotel/allocate", "auth_token=s3cret", Map.of())))
                .isFalse();
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
