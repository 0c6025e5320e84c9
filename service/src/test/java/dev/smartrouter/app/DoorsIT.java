package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.auth.Need;
import dev.smartrouter.auth.Rules;
import dev.smartrouter.pool.RedisProcess;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask for what: no path is served that no rule speaks of, and each rule is kept on a running router. */
class DoorsIT {
    private static final String READ = "read-0123456789abcdef";
    private static final String ALLOCATE = "allocate-0123456789abcdef";
    private static final String OPERATE = "operate-0123456789abcdef";

    @TempDir
    private static Path folder;

    private static RedisProcess redis;
    private static RouterProcess keyed;
    private static RouterProcess open;

    @BeforeAll
    static void start() throws IOException {
        redis = RedisProcess.start();
        var file = Files.writeString(folder.resolve("keys"), "operate:" + OPERATE);
        keyed = router(Map.of(
                "AUTH_MODE",
                "enforce",
                "API_KEYS",
                "read:" + READ + ",allocate:" + ALLOCATE,
                "API_KEYS_FILE",
                file.toString(),
                "WEBHOOK_AUTH",
                "enforce"));
        open = router(Map.of());
    }

    @AfterAll
    static void stop() {
        keyed.close();
        open.close();
        redis.close();
    }

    private static RouterProcess router(Map<String, String> settings) {
        var environment = new HashMap<>(Map.of(
                "HTTP_PORT", "0",
                "METRICS_PORT", "0",
                "REDIS_URL", redis.url(),
                "KUBERNETES_ENABLED", "false",
                "VOICE_AGENT_BASE_URL", "wss://agents.example"));
        environment.putAll(settings);
        return RouterProcess.start(environment);
    }

    /** Such as a path of our own has it, with something in its places. */
    private static String path(String route) {
        return route.replaceAll("\\{[^{}]*}", "voice-agent-1");
    }

    /** What each route asks, written out: a change of this is one of who may do what. */
    @Test
    void noRouteIsServedThatNoRuleSpeaksOf() {
        var written = new OpenAPIV3Parser()
                .readLocation("../docs/openapi.yaml", null, null)
                .getOpenAPI()
                .getPaths();
        var paths = new TreeSet<String>();
        Routes.served(open).forEach(route -> paths.add(route.split(" ")[1]));
        written.forEach((path, item) -> {
            if (item.getServers() == null) paths.add(path);
        });
        var needs = new TreeMap<Need, TreeSet<String>>();
        for (var path : paths) {
            var need = Rules.API.find(path(path));
            assertThat(need).as("a rule for " + path).isPresent();
            needs.computeIfAbsent(need.get(), any -> new TreeSet<>()).add(path);
        }
        assertThat(needs.get(Need.NOTHING)).containsExactly("/api/v1/health", "/api/v1/ready", "/health", "/ready");
        assertThat(needs.get(Need.PASS)).containsExactly("/internal/stream-auth");
        assertThat(needs.get(Need.READ))
                .containsExactly(
                        "/api/v1/calls",
                        "/api/v1/calls/{call_sid}",
                        "/api/v1/metrics",
                        "/api/v1/pod/{pod_name}",
                        "/api/v1/pods",
                        "/api/v1/status");
        assertThat(needs.get(Need.CONFIGURE))
                .containsExactly(
                        "/api/v1/config/merchants", "/api/v1/config/merchants/{merchant_id}", "/api/v1/config/tiers");
        assertThat(needs.get(Need.ALLOCATE)).containsExactly("/api/v1/allocate", "/api/v1/release");
        assertThat(needs.get(Need.OPERATE)).containsExactly("/api/v1/drain", "/api/v1/undrain");
        assertThat(needs.get(Need.SIGNATURE))
                .allMatch(path -> path.matches(".*/(twilio|plivo|exotel)/(allocate|status|callback).*"));
    }

    @Test
    void noServletOfTheOperatorsIsThereWithoutARule() {
        var servlets = open.environment().getAdminContext().getServletHandler().getServletMappings();
        var paths = Stream.of(servlets)
                .flatMap(each -> Arrays.stream(each.getPathSpecs()))
                .toList();
        assertThat(paths).contains("/metrics", "/verify");
        for (var path : paths) {
            var example = path.endsWith("/*") ? path.replace("/*", "/") : path;
            if (path.equals("/")) continue; // the server's own 404
            assertThat(Rules.ADMIN.find(example)).as("a rule for " + path).isPresent();
        }
    }

    @Test
    void eachRouteOpensForTheRolesOfItsRuleAndForNobodyElse() {
        for (var route : Routes.served(keyed)) {
            var method = route.split(" ")[0];
            var path = path(route.split(" ")[1]);
            var least = switch (Rules.API.find(path).orElseThrow().by(method)) {
                case NOTHING, PASS, SIGNATURE -> 0;
                case READ -> 1;
                case ALLOCATE -> 2;
                case OPERATE, CONFIGURE -> 3;
            };
            if (Rules.API.find(path).orElseThrow() == Need.SIGNATURE) {
                // nobody's key stands for a signature
                assertThat(ask(method, path, OPERATE)).as(route).isEqualTo(403);
                assertThat(ask(method, path, "")).as(route).isEqualTo(403);
                continue;
            }
            assertThat(isTurnedAway(ask(method, path, ""), 401)).as(route).isEqualTo(least > 0);
            assertThat(isTurnedAway(ask(method, path, "wrong-0123456789abcdef"), 401))
                    .as(route)
                    .isEqualTo(least > 0);
            if (path.equals("/internal/stream-auth")) continue; // its 403 is its answer
            assertThat(isTurnedAway(ask(method, path, READ), 403)).as(route).isEqualTo(least > 1);
            assertThat(isTurnedAway(ask(method, path, ALLOCATE), 403)).as(route).isEqualTo(least > 2);
            assertThat(isTurnedAway(ask(method, path, OPERATE), 403)).as(route).isFalse();
        }
    }

    @Test
    void theOperatorsPortTellsFiguresToAnyoneAndTheRestToOperators() {
        var admin = new Http(keyed.admin());
        for (var path : List.of("/metrics", "/api/v1/metrics", "/healthcheck", "/ping")) {
            assertThat(admin.get(path).statusCode()).as(path).isIn(200, 500);
        }
        for (var path : List.of("/verify", "/threads", "/tasks/gc", "/", "/nothing", "/tasks/log-level?logger=x")) {
            assertThat(admin.get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(admin.get(path, "X-API-Key", ALLOCATE).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(admin.post("/verify?repair=true", "").statusCode()).isEqualTo(401);
        assertThat(admin.get("/verify", "X-API-Key", OPERATE).statusCode()).isEqualTo(200);
        assertThat(new Http(open.admin()).get("/verify").statusCode()).isEqualTo(200);
    }

    @Test
    void aPathThatIsSpeltInAnotherWayOpensNoOtherDoor() {
        var api = new Http(keyed.api());
        for (var path : List.of(
                "/api/v1/drain/",
                "/api/v1/drain;a=b",
                "/api/v1;a=b/drain",
                "/api/v1/%64rain",
                "/health/../api/v1/drain",
                "/health;/../api/v1/drain",
                "/api/v1/pod/../drain",
                "//api/v1/drain",
                "/api/v1//drain",
                "/nothing")) {
            assertThat(api.post(path, "{\"pod_name\":\"voice-agent-1\"}").statusCode())
                    .as(path)
                    .isIn(400, 401);
            assertThat(api.post(path, "{\"pod_name\":\"voice-agent-1\"}", "X-API-Key", READ)
                            .statusCode())
                    .as(path)
                    .isIn(400, 403);
        }
        for (var path : List.of(
                "/api/v1/twilio/allocate;a=b",
                "/api/v1;a=b/twilio/allocate",
                "/api/v1/twilio/allocate/",
                "/api/v1/twilio;x/status",
                "/agent/voice/breeze-buddy/twilio/callback/..",
                "/agent/voice/breeze-buddy/twilio/callback/;a=b",
                "/agent/voice/breeze-buddy/%74wilio/callback/a",
                "/agent/voice/breeze-buddy/twilio/callback/a;b=c")) {
            assertThat(api.post(path, "CallSid=CA1", "X-API-Key", OPERATE).statusCode())
                    .as(path)
                    .isIn(400, 403, 404);
        }
    }

    @Test
    void aRefusalIsJsonAndSaysNothingOfKeys() {
        var api = new Http(keyed.api());
        var none = api.get("/api/v1/status");
        assertThat(answer(none)).isEqualTo("401 {\"error\":\"an API key is required\"}");
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(none.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer(api.get("/api/v1/status", "Authorization", "Bearer nonsense")))
                .isEqualTo("401 {\"error\":\"the API key is wrong\"}");
        assertThat(answer(api.get("/api/v1/status", "Authorization", "Basic " + READ)))
                .isEqualTo("401 {\"error\":\"an API key is required\"}");
        assertThat(answer(api.post("/api/v1/drain", "{}", "Authorization", "bearer " + ALLOCATE)))
                .isEqualTo("403 {\"error\":\"the API key's role may not do this\"}");
        assertThat(new Http(keyed.admin()).get("/metrics").body())
                .contains(
                        "smart_router_api_refusals_total{reason=\"no_key\"}",
                        "smart_router_api_refusals_total{reason=\"wrong_key\"}",
                        "smart_router_api_refusals_total{reason=\"role\"}",
                        "smart_router_webhook_checks_total{outcome=\"refused\",provider=\"")
                .doesNotContain(READ, ALLOCATE, OPERATE, "nonsense");
    }

    @Test
    void withoutKeysWhoeverIsPassedOnByOthersIsNotServed() {
        var api = new Http(open.api());
        assertThat(api.get("/api/v1/status").statusCode()).isEqualTo(200);
        for (var header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "Via", "Origin")) {
            assertThat(answer(api.get("/api/v1/status", header, "10.0.0.1")))
                    .as(header)
                    .isEqualTo("401 {\"error\":\"an API key is required\"}");
            assertThat(api.get("/health", header, "10.0.0.1").statusCode()).isEqualTo(200);
        }
        for (var host : List.of("localhost.example.com", "10.example.com", "127.0.0.1.example.com")) {
            var another = "http://" + host + ":" + open.api().getPort();
            assertThat(api.get("/api/v1/status", "Origin", another).statusCode())
                    .isEqualTo(401);
        }
        assertThat(api.get("/api/v1/status", "Origin", open.api().toString()).statusCode())
                .as("a page of ours")
                .isEqualTo(200);
        assertThat(new Http(open.admin())
                        .get("/verify", "X-Forwarded-For", "10.0.0.1")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aFileWithoutKeysIsNoStart() throws IOException {
        var file = Files.writeString(folder.resolve("empty"), "# none yet");
        assertThatThrownBy(() -> router(Map.of("API_KEYS_FILE", file.toString())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("API_KEYS_FILE must be a file that holds at least one role:secret, not '");
    }

    private static boolean isTurnedAway(int status, int how) {
        return status == how;
    }

    private static int ask(String method, String path, String key) {
        var headers = key.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + key};
        var api = new Http(keyed.api());
        var answer = method.equals("GET") ? api.get(path, headers) : api.post(path, "{}", headers);
        return answer.statusCode();
    }

    private static String answer(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body();
    }
}
