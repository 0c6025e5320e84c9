package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.Machine;
import dev.smartrouter.pool.RedisProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router as a process of its own: its exit codes, its streams, its end. */
class CommandLineIT {
    @TempDir
    private Path directory;

    @Test
    void aWrongSettingIsOneLineAndExitCodeOne() throws Exception {
        var process = launch(Map.of("REDIS_TIMEOUT", "soon", "VOICE_AGENT_BASE_URL", "wss://a.example"), "server");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(text("err").lines())
                .containsExactly("REDIS_TIMEOUT must be a duration such as 250ms, 30s, 6m or 24h, from 10ms to 800ms,"
                        + " not 'soon'");
        assertThat(text("out")).isEmpty();
    }

    @Test
    void aRequiredSettingThatIsMissingIsNamed() throws Exception {
        var process = launch(Map.of(), "server");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(text("err").lines()).singleElement().asString().startsWith("VOICE_AGENT_BASE_URL must be ");
    }

    @Test
    void aConfigurationThatIsNotThereIsOneLine() throws Exception {
        var process = launch(Map.of("VOICE_AGENT_BASE_URL", "wss://a.example"), "server", "/no/such.yml");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(text("err").lines()).singleElement().asString().contains("/no/such.yml");
    }

    @Test
    void aKubeconfigThatCannotBeReadIsOneLine() throws Exception {
        var passwords = Files.writeString(directory.resolve("passwords"), "root:x:0:0:root:/root:/bin/bash\n");
        for (var path : List.of("/no/such/config", passwords.toString())) {
            var process = launch(
                    Map.of(
                            "KUBECONFIG", path,
                            "HTTP_PORT", "0",
                            "METRICS_PORT", "0",
                            "VOICE_AGENT_BASE_URL", "wss://a.example"),
                    "server");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(text("err").lines())
                    .containsExactly("KUBECONFIG must be the path of one kubeconfig file, not '" + path + "'");
        }
    }

    @Test
    void withoutTheWordServerItSaysWhatToWrite() throws Exception {
        var process = launch(Map.of());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(text("err").lines()).singleElement().asString().startsWith("usage: ");
    }

    @Test
    void theReadmesWordsVerifyAStoreAndTheExitCodeSaysHowItIs() throws Exception {
        var verify = readmesWordsAfter("java -jar service/target/smart-router.jar ");
        try (var redis = RedisProcess.start();
                var keys = redis.connect()) {
            var here = Map.of("REDIS_URL", redis.url());
            assertThat(exitCode(here, verify)).isZero();
            assertThat(text("out")).startsWith("whole: 0 pods and 0 calls in ");

            keys.sadd("voice:pool:gold:available", "agent-0");
            assertThat(exitCode(here, verify)).isEqualTo(1);
            assertThat(text("out").lines())
                    .hasSize(2)
                    .first()
                    .isEqualTo("a pool's members are pods (I10): pod agent-0: in pool:gold:available; repair: audit the"
                            + " pods");
            assertThat(exitCode(here, verify, "--json")).isEqualTo(1);
            assertThat(text("out").lines())
                    .singleElement()
                    .asString()
                    .startsWith("{\"whole\":false,")
                    .contains("\"law\":\"NOT_ADOPTED\"");
            assertThat(keys.keys("voice:*")).containsExactly("voice:pool:gold:available");

            assertThat(exitCode(here, verify, "--repair")).isEqualTo(3);
            assertThat(text("out").lines()).hasSize(3).last().asString().startsWith("after repair whole: 1 pods");
            assertThat(exitCode(here, verify, "--repair")).isZero();

            keys.expire("voice:pool:gold:assigned", 600);
            assertThat(exitCode(here, verify, "--repair")).isEqualTo(1);
            assertThat(text("out").lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("left: what must stay has no TTL (I11): pool:gold: ")
                            .endsWith("; repair: none, redis-cli PERSIST"));
            assertThat(text("err")).isEmpty();
        }
    }

    @Test
    void aStoreThatCannotBeCheckedIsOneLineAndExitCodeTwo() throws Exception {
        assertThat(exitCode(Map.of("REDIS_URL", "redis://127.0.0.1:1"), "verify"))
                .isEqualTo(2);
        assertThat(text("err").lines())
                .singleElement()
                .asString()
                .startsWith("cannot check: ")
                .contains("127.0.0.1:1");
        assertThat(exitCode(Map.of("REDIS_URL", "redis://127.0.0.1:1"), "verify", "--repair"))
                .isEqualTo(2);
        assertThat(text("err").lines()).singleElement().asString().startsWith("cannot check: ");
        assertThat(exitCode(Map.of("REDIS_TIMEOUT", "soon"), "verify")).isEqualTo(2);
        assertThat(text("err").lines()).singleElement().asString().startsWith("REDIS_TIMEOUT must be ");
        assertThat(text("out")).isEmpty();
    }

    @Test
    void anOptionThatVerifyDoesNotKnowIsOneLine() throws Exception {
        assertThat(exitCode(Map.of(), "verify", "--mend")).isEqualTo(2);
        assertThat(text("err").lines())
                .containsExactly("no option '--mend'; usage: verify [--repair] [--json] [--timeout=30s]");
        assertThat(exitCode(Map.of(), "verify", "--timeout=never")).isEqualTo(2);
        assertThat(text("err").lines())
                .singleElement()
                .asString()
                .startsWith("the timeout must be a duration such as ");
    }

    @Test
    void onSigtermReadinessFailsFirstAndTheProcessEndsInOrder() throws Exception {
        try (var redis = RedisProcess.start()) {
            var port = Machine.freePort();
            var process = launch(
                    Map.of(
                            "HTTP_PORT", Integer.toString(port),
                            "METRICS_PORT", "0",
                            "SHUTDOWN_DELAY", "2s",
                            "KUBERNETES_ENABLED", "false",
                            "REDIS_URL", redis.url(),
                            "VOICE_AGENT_BASE_URL", "wss://a.example"),
                    "server");
            try {
                var api = new Http(URI.create("http://localhost:" + port));
                await("ready")
                        .atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .until(() -> api.get("/ready").statusCode() == 200);
                api.post("/api/v1/release", "{\"call_sid\":\"CA1\"}");
                process.destroy();
                await("unready").until(() -> api.get("/ready?of=router").statusCode() == 503);
                assertThat(api.get("/ready?of=router").body()).contains("stopping");
                assertThat(api.get("/health").statusCode()).isEqualTo(200);
                assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(143);
                assertThat(text("err")).isEmpty();
                assertThat(text("out").lines())
                        .isNotEmpty()
                        .allSatisfy(line ->
                                assertThat(line).startsWith("{\"time\":\"").endsWith("}"));
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static String readmesWordsAfter(String jar) throws IOException {
        var commands = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.startsWith(jar))
                .toList();
        assertThat(commands).hasSize(1);
        return commands.getFirst().substring(jar.length());
    }

    private int exitCode(Map<String, String> environment, String... args) throws Exception {
        var process = launch(environment, args);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process launch(Map<String, String> environment, String... args) throws IOException {
        return launch(directory, environment, args);
    }

    /** Its streams go to the files out and err of the directory. */
    static Process launch(Path directory, Map<String, String> environment, String... args) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPathWithoutTests(),
                SmartRouterApplication.class.getName()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        Variables.ALL.forEach(variable -> builder.environment().remove(variable.name()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Without the logging configuration of tests, which would speak before the router's own does. */
    private static String classPathWithoutTests() {
        var paths = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(paths.split(System.getProperty("path.separator"))).stream()
                .filter(path -> !path.endsWith("test-classes"))
                .reduce((a, b) -> a + System.getProperty("path.separator") + b)
                .orElseThrow();
    }

    private String text(String stream) throws IOException {
        return Files.readString(directory.resolve(stream));
    }
}
