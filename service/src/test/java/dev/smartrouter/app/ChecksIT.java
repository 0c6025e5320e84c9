package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} finds out about the place where it is. */
class ChecksIT {
    private static final String NOWHERE = """
            {"apiVersion":"v1","kind":"Config","current-context":"x",
            "contexts":[{"name":"x","context":{"cluster":"x","user":"x"}}],
            "clusters":[{"name":"x","cluster":{"server":"http://127.0.0.1:1"}}],
            "users":[{"name":"x","user":{}}]}
            """;

    private static RedisProcess redis;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void whereAllIsWellEachLineSaysSoAndNothingIsWritten() {
        assertThat(found(Map.of()))
                .allSatisfy(line -> assertThat(line).startsWith("ok "))
                .hasSize(4);
        try (var keys = redis.connect()) {
            assertThat(keys.dbSize()).isZero();
        }
    }

    @Test
    void aWrongSettingIsNamedWithItsRemedy() {
        assertThat(found(Map.of("REDIS_TIMEOUT", "soon")))
                .singleElement()
                .asString()
                .startsWith("wrong ")
                .contains("REDIS_TIMEOUT must be a duration", "not 'soon'");
    }

    @Test
    void aRedisThatDropsKeysWhenMemoryIsShortIsFound() {
        try (var keys = redis.connect()) {
            keys.configSet("maxmemory-policy", "allkeys-lru");
            assertThat(found(Map.of()))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("wrong ")
                            .contains("maxmemory-policy is allkeys-lru", "noeviction"));
            keys.configSet("maxmemory-policy", "noeviction");
        }
    }

    @Test
    void tiersThatNoRouterCouldReadAreFound() {
        try (var keys = redis.connect()) {
            keys.set("voice:tier:config", "{\"gold\":-1}");
            assertThat(found(Map.of()))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("wrong ")
                            .contains("the stored tier config is refused: target of tier 'gold'"));
            keys.del("voice:tier:config");
        }
    }

    @Test
    void aRedisThatDoesNotAnswerIsUnreachableAndItsPasswordIsNotSaid() {
        assertThat(found(Map.of("REDIS_URL", "redis://:secret@127.0.0.1:1")))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("unreachable ")
                        .contains("REDIS_URL", "redis://***@127.0.0.1:1")
                        .doesNotContain("secret"));
    }

    @Test
    void aClusterThatDoesNotAnswerIsUnreachable() throws IOException {
        var kubeconfig = Files.writeString(directory.resolve("config"), NOWHERE);
        assertThat(found(Map.of("KUBERNETES_ENABLED", "true", "KUBECONFIG", kubeconfig.toString())))
                .last()
                .asString()
                .startsWith("unreachable  kubernetes ");
        assertThat(found(Map.of("KUBERNETES_ENABLED", "true", "KUBECONFIG", "/no/such/file")))
                .last()
                .asString()
                .contains("KUBECONFIG must be the path of one kubeconfig file");
    }

    private static List<String> found(Map<String, String> other) {
        var variables = new HashMap<>(Map.of(
                "REDIS_URL", redis.url(), "VOICE_AGENT_BASE_URL", "wss://a.example", "KUBERNETES_ENABLED", "false"));
        variables.putAll(other);
        return new Checks(variables, Optional.empty())
                .all().stream().map(Checks.Found::line).toList();
    }
}
