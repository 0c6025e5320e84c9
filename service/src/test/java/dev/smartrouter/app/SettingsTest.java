package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.provider.WebhookMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    private static final String CA = "src/test/resources/authority.pem";
    private static final String TIERS = "{\"gold\":{\"type\":\"exclusive\",\"target\":1}}";

    private static final String NO_SECRETS = "Keyring[house=[], merchants={}]";
    private static final String ONE_SECRET = "Keyring[house=[***], merchants={}]";

    /** Every variable: its default as read, a good text and what it is read as, and texts that are refused. */
    private record Row(String name, Object standard, String good, Object read, List<String> bad) {}

    private static final List<Row> TABLE = List.of(
            row("HTTP_PORT", 8080, "0", 0, "-1", "65536", "http", "80 80", "8080.0", "99999999999"),
            row("METRICS_PORT", 9090, "65535", 65535, "-1", "65536", "x"),
            row("SHUTDOWN_DELAY", "PT3S", "0s", "PT0S", "-1s", "3", "6m"),
            row("REQUEST_TIMEOUT", "PT20S", "5s", "PT5S", "0s", "20", "1h"),
            row("MAX_CONNECTIONS", 10_000, "500", 500, "0", "-1", "many", "10000000"),
            row("DASHBOARD", "ADMIN", "both", "BOTH", "on", "true", "8080"),
            row(
                    "REDIS_URL",
                    "redis://localhost:6379",
                    "rediss://u:@h:1/2",
                    "rediss://u:@h:1/2",
                    "localhost:6379",
                    "http://localhost",
                    "redis://",
                    "redis://h:99999",
                    "redis-sentinel://h"),
            row("REDIS_PASSWORD_FILE", Optional.empty(), "pom.xml", Optional.of("pom.xml"), "not/there", "src"),
            row("REDIS_CA_FILE", Optional.empty(), CA, Optional.of(CA), "not/there", "src"),
            row("REDIS_PREFIX", "voice:", "{voice}:", "{voice}:", "voice", "vo ice:", "{voice:", "v*:", "\u0007:"),
            row("REDIS_TIMEOUT", "PT0.25S", "100ms", "PT0.1S", "250", "0ms", "2s", "1 s", "PT1S"),
            row(
                    "VOICE_AGENT_BASE_URL",
                    null,
                    "wss://agents.example/base/",
                    "wss://agents.example/base",
                    "https://agents.example",
                    "agents.example",
                    "wss://",
                    "wss://a.example?x=1",
                    "wss://a.example#x",
                    "wss://a.example/{pod}",
                    "wss://user:pw@a.example"),
            row(
                    "WS_URL_TEMPLATE",
                    "{base}/ws/pod/{pod}/{call_sid}",
                    "{base}/x/{pod}",
                    "{base}/x/{pod}",
                    "{base}/{pod}?sid={call_sid}",
                    "{base}/{pod}#x",
                    "{base}/x",
                    "{base}/{pod}/{caller}"),
            row("TIER_CONFIG", Optional.empty(), TIERS, Optional.of(TIERS), "{", "[]", "{\"gold\":-1}", "gold"),
            row("KUBERNETES_ENABLED", true, "false", false, "yes", "1"),
            row("NAMESPACE", "voice-system", "other", "other", "Other", "-x", "a.b"),
            row("POD_LABEL_SELECTOR", "app=voice-agent", "app in (a,b)", "app in (a,b)", "app=\"x\"", "a;b"),
            row("POD_NAME", Optional.empty(), "router-0", Optional.of("router-0"), "router_0", "-x"),
            row("AGENT_CONTAINER", Optional.empty(), "agent", Optional.of("agent"), "Agent", "a b"),
            row("AGENT_PORT", 8000, "80", 80, "0", "65536", "http"),
            row("KUBECONFIG", "", "/etc/kubeconfig", "/etc/kubeconfig", "a:b"),
            row("LEADER_ELECTION_ENABLED", true, "FALSE", false, "on"),
            row("LEADER_LEASE_DURATION", "PT15S", "30s", "PT30S", "15", "0s", "1h"),
            row("LEADER_RENEW_DEADLINE", "PT10S", "12s", "PT12S", "10", "0s", "1h"),
            row("LEADER_RETRY_PERIOD", "PT0.5S", "2s", "PT2S", "500", "1ms", "1h"),
            row("CLEANUP_INTERVAL", "PT30S", "1m", "PT1M", "30", "0s", "2h"),
            row("AUDIT_INTERVAL", "PT5S", "10s", "PT10S", "5", "0s", "2h"),
            row("RECONCILE_INTERVAL", "PT1M", "30s", "PT30S", "60", "0s", "2h"),
            row("CALL_INFO_TTL", "PT24H", "10m", "PT10M", "9m", "599s", "24", "1000h"),
            row("LEASE_TTL", "PT24H", "1h", "PT1H", "0s", "1d"),
            row("DRAINING_TTL", "PT6M", "90s", "PT1M30S", "0s", "6", "25h"),
            row("RECOVERY_WAIT", "PT10S", "1s", "PT1S", "0s", "10", "1h"),
            row("QUARANTINE", "PT15M", "0s", "PT0S", "15", "48h"),
            row("LOG_LEVEL", "INFO", "debug", "DEBUG", "loud", "warning"),
            row("LOG_FORMAT", "JSON", "text", "TEXT", "xml"),
            row("AUTH_MODE", "AUTO", "off", "OFF", "on", "enforce"),
            row(
                    "API_KEYS",
                    "0 keys",
                    "operate:0123456789abcdef, read:fedcba9876543210",
                    "2 keys",
                    "0123456789abcdef",
                    "operate:short",
                    "admin:0123456789abcdef",
                    "operate:0123456789abcde f",
                    "operate:0123456789abcdéf",
                    "operate:0123456789:bcdef"),
            row("API_KEYS_FILE", "", "/etc/keys", "/etc/keys", "a\u0007b"),
            row(
                    "PUBLIC_BASE_URL",
                    Optional.empty(),
                    "https://voice.example.com/router/",
                    "PublicUrl[base=https://voice.example.com/router]",
                    "voice.example.com",
                    "wss://voice.example.com",
                    "https://voice.example.com?x=1",
                    "https://user:pw@a.example"),
            row(
                    "WEBHOOK_AUTH",
                    "{}",
                    "exotel=log",
                    "{exotel=LOG}",
                    "on",
                    "vonage=log",
                    "twilio=log,twilio=off",
                    "log,exotel=off",
                    "twilio:log"),
            row("TWILIO_AUTH_TOKEN", NO_SECRETS, "t0ken", ONE_SECRET, "a b", "acme:", ":x", "a:b:c", "a é"),
            row("PLIVO_AUTH_TOKEN", NO_SECRETS, "t0ken", ONE_SECRET, "acme:a b"),
            row("EXOTEL_SECRET", NO_SECRETS, "t0ken", ONE_SECRET, "ac me:x"),
            row(
                    "EXOTEL_NETWORKS",
                    "Networks[ranges=[]]",
                    "203.0.113.0/24, 2001:db8::1",
                    "Networks[ranges=[203.0.113.0/24, 2001:db8::1]]",
                    "exotel.com",
                    "203.0.113.0/33",
                    "203.0.113",
                    "localhost"),
            row("STREAM_SECRET", "[]", "0123456789abcdef,fedcba9876543210", "[***, ***]", "short", "0123456789abc ef"));

    private static Row row(String name, Object standard, String good, Object read, String... bad) {
        return new Row(name, standard, good, read, List.of(bad));
    }

    @Test
    void theTableHasEveryVariable() {
        assertThat(TABLE.stream().map(Row::name))
                .containsExactlyElementsOf(
                        Variables.ALL.stream().map(Variable::name).toList());
    }

    static Stream<Row> table() {
        return TABLE.stream();
    }

    @ParameterizedTest
    @MethodSource("table")
    void anUnsetOrEmptyVariableHasItsDefault(Row row) {
        if (row.standard == null) {
            assertThatThrownBy(() -> variable(row.name).in(Map.of()))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith(row.name + " must be ");
            return;
        }
        assertThat(text(variable(row.name).in(Map.of()))).isEqualTo(text(row.standard));
        assertThat(text(variable(row.name).in(Map.of(row.name, "  ")))).isEqualTo(text(row.standard));
    }

    @ParameterizedTest
    @MethodSource("table")
    void aGoodTextIsRead(Row row) {
        assertThat(text(variable(row.name).in(Map.of(row.name, " " + row.good + "\n"))))
                .isEqualTo(text(row.read));
    }

    static Stream<Arguments> refused() {
        return TABLE.stream().flatMap(row -> row.bad.stream().map(bad -> Arguments.of(row.name, bad)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aBadTextIsRefusedInOneLineThatNamesTheVariableTheValueAndTheRemedy(String name, String bad) {
        assertThatThrownBy(() -> Settings.of(environment(name, bad)))
                .isInstanceOf(InvalidSettingException.class)
                .message()
                .startsWith(name + " ")
                .containsPattern("must |may ")
                .doesNotContainPattern("\\p{Cntrl}")
                .satisfies(message -> {
                    if (variable(name).secret()) assertThat(message).doesNotContain("not '");
                    else if (bad.contains("pw@")) assertThat(message).contains("***@a.example");
                    else assertThat(message).contains("'" + bad.replace('\u0007', '?') + "'");
                });
    }

    @Test
    void thePackagedConfigurationHasEveryVariableAndTheSameDefaults() {
        var packaged = RouterProcess.configuration(environment(), Optional.empty());
        assertThat(packaged.settings()).isEqualTo(Settings.of(environment()));
        assertThat(packaged.names())
                .containsExactlyInAnyOrderElementsOf(
                        TABLE.stream().map(Row::name).toList());
    }

    @Test
    void theEnvironmentReachesEverySettingThroughThePackagedConfiguration() {
        var all = TABLE.stream().collect(Collectors.toMap(Row::name, Row::good));
        all.put("WS_URL_TEMPLATE", "{base}/x/{pod}/{mac}"); // as there is a STREAM_SECRET
        assertThat(RouterProcess.configuration(all, Optional.empty()).settings())
                .isEqualTo(Settings.of(all));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "HTTP_PORT=9000 METRICS_PORT=9000 | METRICS_PORT must be another port than HTTP_PORT, not '9000'",
                "HTTP_PORT=9090 | METRICS_PORT must be another port than HTTP_PORT, not '9090'",
                "REDIS_URL=redis-cluster://a,b | REDIS_PREFIX must be in braces for a cluster",
                "REDIS_URL=redis://:p@h REDIS_PASSWORD_FILE=pom.xml | REDIS_PASSWORD_FILE must be unset where REDIS_URL has",
                "REDIS_URL=rediss://h REDIS_CA_FILE=pom.xml | REDIS_CA_FILE must be a file with certificates in PEM",
                "REDIS_CA_FILE=pom.xml | REDIS_CA_FILE must be unset without rediss://",
                "LEADER_RENEW_DEADLINE=15s | LEADER_RENEW_DEADLINE must be shorter than LEADER_LEASE_DURATION (15s)",
                "LEADER_RETRY_PERIOD=9s | LEADER_RETRY_PERIOD must be shorter than 1/1.2 of LEADER_RENEW_DEADLINE (10s)",
                "HTPP_PORT=80 | settings must be some of ",
                "AUTH_MODE=enforce | AUTH_MODE must be auto or off as long as neither API_KEYS nor API_KEYS_FILE is set",
                "TWILIO_AUTH_TOKEN=a | PUBLIC_BASE_URL must be set, as TWILIO_AUTH_TOKEN or PLIVO_AUTH_TOKEN is",
                "PLIVO_AUTH_TOKEN=a WEBHOOK_AUTH=log | PUBLIC_BASE_URL must be set",
                "STREAM_SECRET=0123456789abcdef | WS_URL_TEMPLATE must be with {mac} if STREAM_SECRET is set",
                "WS_URL_TEMPLATE={base}/{pod}/{mac} | WS_URL_TEMPLATE must be with {mac} if STREAM_SECRET is set",
            })
    void settingsThatDoNotFitEachOtherAreRefused(String values, String message) {
        var all = new ArrayList<String>(List.of(values.strip().split(" ")));
        var environment = environment();
        all.forEach(each -> environment.put(each.split("=", 2)[0], each.split("=", 2)[1]));
        assertThatThrownBy(() -> Settings.of(environment))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message.strip());
    }

    @Test
    void aBaseAndATemplateThatMakeNoUrlTogetherAreRefused() {
        var environment = environment("VOICE_AGENT_BASE_URL", "wss://agents.example:70000");
        assertThatThrownBy(() -> Settings.of(environment)).isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void anyFreePortMayBeAskedForTwice() {
        var environment = environment("HTTP_PORT", "0");
        environment.put("METRICS_PORT", "0");
        assertThat(Settings.of(environment).listening().http()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://:s3cret@h:port",
        "redis://user:s3cret@h:99999",
        "redis//user:s3cret@h",
        "user:s3cret@h",
        "redis://user:s3cr@s3cret@h",
        "http://user:s3cret@h/",
        "redis://user:s3cret/x@h"
    })
    void noMessageHoldsThePassword(String url) {
        assertThatThrownBy(() -> Settings.of(environment("REDIS_URL", url)))
                .isInstanceOf(InvalidSettingException.class)
                .message()
                .startsWith("REDIS_URL must be redis://")
                .doesNotContain("s3cr");
        assertThat(Settings.of(environment("REDIS_URL", "redis://user:s3cret@h"))
                        .toString())
                .doesNotContain("s3cret");
    }

    @Test
    void noSecretIsShownWhenTheSettingsAre() {
        var environment = environment("API_KEYS", "read:s3cret0123456789");
        environment.put("PUBLIC_BASE_URL", "https://voice.example.com");
        environment.put("TWILIO_AUTH_TOKEN", "s3cret,acme:s3cret2");
        environment.put("PLIVO_AUTH_TOKEN", "s3cret");
        environment.put("EXOTEL_SECRET", "s3cret");
        environment.put("STREAM_SECRET", "s3cret0123456789");
        environment.put("WS_URL_TEMPLATE", "{base}/{pod}/{mac}");
        assertThat(Settings.of(environment).toString())
                .contains("1 keys", "***", "acme")
                .doesNotContain("s3cret");
    }

    @Test
    void aKeyForWhichNoModeIsSetIsEnforced() {
        var environment = environment("EXOTEL_SECRET", "x");
        environment.put("WEBHOOK_AUTH", "plivo=enforce");
        var webhooks = Settings.of(environment).webhooks();
        assertThat(webhooks.mode("twilio")).isEqualTo(WebhookMode.OFF);
        assertThat(webhooks.mode("exotel")).isEqualTo(WebhookMode.ENFORCE);
        assertThat(webhooks.mode("plivo")).isEqualTo(WebhookMode.ENFORCE);
        assertThat(webhooks.isProvable("plivo")).isFalse();
    }

    @Test
    void aValueNeverChangesTheConfigurationAroundIt() {
        var sly = "wss://a.example\"\nserver: {}\n#${HOME}";
        assertThatThrownBy(
                        () -> RouterProcess.configuration(environment("VOICE_AGENT_BASE_URL", sly), Optional.empty()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("VOICE_AGENT_BASE_URL must be");
        var tiers = "{\n  \"gold\": {\"type\": \"exclusive\", \"target\": 1}\n}";
        assertThat(RouterProcess.configuration(environment("TIER_CONFIG", tiers), Optional.empty())
                        .settings()
                        .agents()
                        .tierConfig())
                .contains(tiers);
    }

    private static Variable<?> variable(String name) {
        return Variables.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Empty optionals and empty texts are both "none" here; durations and constants compare by their text. */
    private static String text(Object value) {
        return value instanceof Optional<?> maybe ? maybe.map(Object::toString).orElse("") : value.toString();
    }

    private static Map<String, String> environment() {
        return new HashMap<>(Map.of("VOICE_AGENT_BASE_URL", "wss://agents.example"));
    }

    private static Map<String, String> environment(String name, String value) {
        var environment = environment();
        environment.put(name, value);
        return environment;
    }
}
