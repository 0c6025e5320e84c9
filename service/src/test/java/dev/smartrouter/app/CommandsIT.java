package dev.smartrouter.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.smartrouter.command.Commands;
import dev.smartrouter.command.Surroundings;
import dev.smartrouter.pool.RedisProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators type, at a real router; and {@code docs/commands.md} says nothing that does not work. */
class CommandsIT {
    private static final Path PAGE = Path.of("../docs/commands.md");

    @TempDir
    private static Path directory;

    private static RedisProcess redis;
    private static RouterProcess router;

    @BeforeAll
    static void start() throws IOException {
        redis = RedisProcess.start();
        try (var keys = redis.connect()) {
            keys.sadd("voice:pool:gold:available", "voice-agent-0", "voice-agent-1");
            keys.sadd("voice:pool:standard:available", "voice-agent-2");
        }
        router = RouterProcess.start(environment());
        var api = new Http(router.api());
        await("ready")
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.get("/ready").statusCode() == 200);
        await("adopted")
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.get("/api/v1/pod/voice-agent-1").statusCode() == 200);
        api.post("/api/v1/allocate", "{\"call_sid\":\"CA100\",\"merchant_id\":\"acme\"}");
        Files.writeString(directory.resolve("operator.key"), "a-key-that-nobody-asks-for\n");
    }

    private static Map<String, String> environment() {
        return Map.of(
                "HTTP_PORT", "0",
                "METRICS_PORT", "0",
                "REDIS_URL", redis.url(),
                "VOICE_AGENT_BASE_URL", "wss://agents.example",
                "KUBERNETES_ENABLED", "false",
                "AUDIT_INTERVAL", "200ms");
    }

    @AfterAll
    static void stop() {
        router.close();
        redis.close();
    }

    /** What a command did. */
    private record Ran(int exitCode, String out, String errors) {}

    @Test
    void everyCommandOfThePageDoesWhatThePageSays() throws Exception {
        var shell = new Typed();
        var commands = 0;
        for (var block : Pattern.compile("(?ms)^```\\n(.*?)^```$")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList()) {
            for (var line : block.lines().toList()) {
                var expected = line.contains("# exit 1") ? 1 : 0;
                var ran = shell.type(line.replaceAll("\\s+# exit 1.*$", ""));
                assertThat(ran.exitCode)
                        .as("%s%n%s%s", line, ran.out, ran.errors)
                        .isEqualTo(expected);
                assertThat(ran.errors.isEmpty()).as("%s: %s", line, ran.errors).isEqualTo(expected == 0);
                commands++;
            }
        }
        assertThat(commands).isGreaterThan(25);
    }

    /** As much of a shell as the page needs. */
    private static final class Typed {
        private static final Pattern INTO_FILE = Pattern.compile("(.*) > (\\S+)");
        private static final Pattern ECHO = Pattern.compile("echo '([^']*)' \\| (.*)");
        private static final Pattern SET = Pattern.compile("ETAG=\\$\\((.*)\\)");
        private String etag = "";

        Ran type(String line) throws Exception {
            var file = INTO_FILE.matcher(line);
            if (file.matches()) {
                var ran = type(file.group(1));
                Files.writeString(directory.resolve(file.group(2)), ran.out);
                return ran;
            }
            var echo = ECHO.matcher(line);
            if (echo.matches()) return run(echo.group(2), echo.group(1));
            var set = SET.matcher(line);
            if (set.matches()) {
                var ran = type(set.group(1));
                etag = ran.out.strip();
                return ran;
            }
            return run(line, "");
        }

        private Ran run(String line, String in) throws Exception {
            assertThat(line).startsWith("smart-router ");
            var words = new ArrayList<String>();
            for (var word : line.substring("smart-router ".length()).split(" +")) {
                var plain = word.replace("\"$ETAG\"", etag)
                        .replace("'*'", "*")
                        .replace("http://localhost:8080", router.api().toString());
                words.add(
                        plain.matches("[a-z]+\\.(json|key)")
                                ? directory.resolve(plain).toString()
                                : plain);
            }
            return words.getFirst().matches("check|verify") ? apart(words) : command(Map.of(), in, words);
        }
    }

    /** As a process of its own, since it silences the logging of its process. */
    private static Ran apart(List<String> words) throws Exception {
        var process = CommandLineIT.launch(directory, environment(), words.toArray(String[]::new));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(
                process.exitValue(),
                Files.readString(directory.resolve("out")),
                Files.readString(directory.resolve("err")));
    }

    @Test
    void aTableIsAlignedAndHasWhatIsAskedFor() {
        assertThat(ok("status").lines().toList()).satisfies(lines -> {
            assertThat(lines.getFirst()).matches("store up, gate open, \\d+ calls, .*leads");
            assertThat(lines.get(1)).isEqualTo("POOL      TYPE       PODS  AVAILABLE  CALLS  DRAINING");
            assertThat(lines)
                    .anyMatch(line -> line.matches("gold      exclusive     2          \\d      \\d         \\d"));
        });
        assertThat(ok("calls").lines())
                .anyMatch(line -> line.matches("CA100  voice-agent-\\d  pool:\\S+ +acme .* \\d+s"));
        assertThat(ok("calls", "CA100").lines()).anyMatch(line -> line.matches("merchant_id +acme"));
        assertThat(ok("tiers", "get")).contains("TIER ", "gold ", "IN CHAIN", "etag ");
    }

    @Test
    void forScriptsTheApisJsonComesAsItIs() throws Exception {
        var api = new Http(router.api());
        assertThat(ok("tiers", "get", "--json"))
                .isEqualTo(api.get("/api/v1/config/tiers").body());
        for (var command : List.of("status", "pods", "calls")) {
            assertThat(JsonMapper.builder()
                            .build()
                            .readTree(ok(command, "--json"))
                            .isObject())
                    .isTrue();
        }
        assertThat(ok("pods", "voice-agent-2", "--json").strip())
                .isEqualTo(api.get("/api/v1/pod/voice-agent-2").body());
    }

    @Test
    void aDrainShowsInTheListOfPods() {
        assertThat(ok("drain", "voice-agent-1")).isEqualTo("voice-agent-1 drained; no call is on it\n");
        assertThat(ok("pods")).containsPattern("voice-agent-1 +pool:gold +draining +0 +draining for \\d+ s");
        assertThat(ok("undrain", "voice-agent-1")).startsWith("voice-agent-1 undrained");
        assertThat(ok("pods")).containsPattern("voice-agent-1 +pool:gold +available +0\n");
    }

    @Test
    void aRefusalNamesTheThingTheReasonAndTheRemedy() {
        assertThat(refused(1, "drain", "voice-agent-99")).isEqualTo("pod voice-agent-99: pod not found (404)\n");
        assertThat(refused(1, "calls", "CA ?x")).isEqualTo("call CA ?x: call not found (404)\n");
        assertThat(refused(1, "merchants", "get", "nobody"))
                .isEqualTo("merchant nobody: merchant has no config (404)\n");
        var tiers = command(Map.of(), "{\"gold\":-1}", List.of("tiers", "set", "-", "--if-match", "*"));
        assertThat(tiers.exitCode).isEqualTo(1);
        assertThat(tiers.errors).startsWith("tier config: target of tier 'gold' must be a whole number");
        assertThat(command(Map.of(), "{\"gold\":1}", List.of("tiers", "set", "-")).errors)
                .contains("(428)", "--if-match ETAG");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-such-command",
                "drain",
                "drain a b",
                "tiers",
                "tiers mend",
                "merchants set acme",
                "pods --limit many",
                "status --no-such-option",
                "status --url ftp://somewhere",
                "status --url nonsense",
                "status --key-file /no/such/file",
                "tiers set /no/such/file"
            })
    void wrongWordsAreOneLineAndExitCodeTwo(String words) {
        assertThat(refused(2, words.split(" ")).lines()).hasSize(1);
    }

    @Test
    void aRouterThatIsNotThereIsExitCodeThreeAndSaysWhereItWasLookedFor() {
        assertThat(refused(3, "status", "--url", "http://127.0.0.1:1"))
                .startsWith("no router answers at http://127.0.0.1:1 (")
                .contains("SMART_ROUTER_URL");
    }

    @Test
    void theKeyComesFromItsFileOrTheEnvironmentAndADoorThatRefusesItIsExitCodeFour() throws Exception {
        var door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/", exchange -> {
            var key = exchange.getRequestHeaders().getFirst("Authorization");
            var status = key == null ? 401 : key.equals("Bearer from-file") ? 200 : 403;
            var body = status == 200 ? "{\"pods\":[],\"next\":null}" : "{\"error\":\"no\"}";
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
        door.start();
        try {
            var url = "http://localhost:" + door.getAddress().getPort();
            var file =
                    Files.writeString(directory.resolve("key"), "from-file\n").toString();
            var none = command(Map.of(), "", List.of("pods", "--url", url));
            assertThat(none.exitCode).isEqualTo(4);
            assertThat(none.errors).isEqualTo("pods: no (401); name a key by --key-file or SMART_ROUTER_API_KEY\n");
            var wrong = command(Map.of("SMART_ROUTER_API_KEY", "from-variable"), "", List.of("pods", "--url", url));
            assertThat(wrong.exitCode).isEqualTo(4);
            assertThat(wrong.errors).doesNotContain("from-variable");
            assertThat(command(
                                    Map.of("SMART_ROUTER_URL", url, "SMART_ROUTER_API_KEY", "from-variable"),
                                    "",
                                    List.of("pods", "--key-file", file))
                            .exitCode)
                    .isZero();
        } finally {
            door.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status",
                "pods",
                "calls",
                "drain",
                "undrain",
                "tiers",
                "tiers get",
                "tiers set",
                "tiers validate",
                "merchants",
                "merchants list",
                "merchants get",
                "merchants set",
                "merchants delete"
            })
    void everyCommandHelps(String words) {
        var args = new ArrayList<>(List.of(words.isEmpty() ? new String[0] : words.split(" ")));
        args.add("--help");
        assertThat(ok(args.toArray(String[]::new))).contains("smart-router " + words, "--help");
    }

    private static String ok(String... words) {
        var ran = command(Map.of(), "", List.of(words));
        assertThat(ran.exitCode).as(ran.errors).isZero();
        assertThat(ran.errors).isEmpty();
        return ran.out;
    }

    private static String refused(int exitCode, String... words) {
        var ran = command(Map.of(), "", List.of(words));
        assertThat(ran.exitCode).as(ran.errors).isEqualTo(exitCode);
        assertThat(ran.out).isEmpty();
        return ran.errors;
    }

    private static Ran command(Map<String, String> more, String in, List<String> words) {
        var variables = new HashMap<>(Map.of("SMART_ROUTER_URL", router.api().toString()));
        variables.putAll(more);
        var out = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var here = new Surroundings(
                variables,
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(errors, true, UTF_8),
                Clock.systemUTC());
        var exitCode = Commands.run(here, List.of(), words.toArray(String[]::new));
        return new Ran(exitCode, out.toString(UTF_8), errors.toString(UTF_8));
    }
}
