package dev.smartrouter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final String ONE = "0123456789abcdef";
    private static final String TWO = "fedcba9876543210";

    @Test
    void aKeyHasItsRole() {
        var keys = ApiKeys.parse("read:" + ONE + ", ALLOCATE:" + TWO);
        assertThat(keys.roleOf(ONE)).contains(Role.READ);
        assertThat(keys.roleOf(TWO)).contains(Role.ALLOCATE);
        assertThat(keys.roleOf(ONE + "0")).isEmpty();
        assertThat(keys.roleOf(ONE.substring(1))).isEmpty();
        assertThat(keys.roleOf("")).isEmpty();
        assertThat(keys.roleOf("read:" + ONE)).isEmpty();
    }

    @Test
    void aKeyWithTwoRolesHasTheGreater() {
        assertThat(ApiKeys.parse("operate:" + ONE + ",read:" + ONE).roleOf(ONE)).contains(Role.OPERATE);
        assertThat(ApiKeys.parse("read:" + ONE + ",operate:" + ONE).roleOf(ONE)).contains(Role.OPERATE);
    }

    @Test
    void aFileMayHaveLinesAndWordsForPeople() {
        var keys = ApiKeys.parse("# the agents\nallocate:" + ONE + "\n\n # on duty\noperate:" + TWO + " ,\n");
        assertThat(keys.keys()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret0123456789", "read:s3cret", "root:s3cret0123456789", ":s3cret0123456789", "read"})
    void whatIsNoKeyIsRefusedAndNotShown(String text) {
        assertThatThrownBy(() -> ApiKeys.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("role:secret")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void noKeyIsEverShown() {
        assertThat(ApiKeys.parse("read:" + ONE)).hasToString("1 keys");
        assertThat(ApiKeys.parse("read:" + ONE).keys().toString()).doesNotContain(ONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "100.127.0.1",
                "169.254.1.1",
                "[0:0:0:0:0:0:0:1]",
                "[::1]",
                "[fd12:0:0:0:0:0:0:1]",
                "fe80:0:0:0:1:2:3:4%eth0"
            })
    void aPrivateAddressIsNearBy(String address) {
        assertThat(Nearby.isPrivate(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "192.169.0.1",
                "11.0.0.1",
                "[2001:db8:0:0:0:0:0:1]",
                "[2001:0:0:0:0:0:0:1]",
                "1270.0.0.1",
                "unknown",
                ""
            })
    void anyOtherIsNot(String address) {
        assertThat(Nearby.isPrivate(address)).isFalse();
    }
}
