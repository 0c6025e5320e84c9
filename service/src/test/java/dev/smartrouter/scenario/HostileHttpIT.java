package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartrouter.pool.StoreLaws;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.xml.sax.InputSource;

/**
 * Thousands of requests that nobody should send, to every path of {@code docs/openapi.yaml} and of the operators' port: each
 * gets an answer that is none of our mistakes, and the store and the router are afterwards as whole as before. {@code
 * -Dhostile.requests=1000000} sends more, {@code -Dhostile.seed=42} the same ones again.
 */
class HostileHttpIT {
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 10_000);
    private static final int CLIENTS = 4;
    private static final List<String> PODS = List.of("voice-agent-0", "voice-agent-1", "voice-agent-2");
    /** Operators' own besides those of the document. */
    private static final List<String> OPERATORS = List.of("/healthcheck", "/ping", "/threads", "/tasks", "/verify");
    /** All keys that the documents name. */
    private static final Pattern KEYS = Pattern.compile(
            "voice:("
                    + "pool:[A-Za-z0-9_-]{1,64}:(available|assigned)|merchant:[A-Za-z0-9_-]{1,64}:(pods|assigned)"
                    + "|merchant:config|tier:config|tier:modes|pod:metadata|pod:voice-agent-[0-2](:calls)?"
                    + "|(pod:tier|pod:draining|lease):voice-agent-[0-2]|(call|ended):[A-Za-z0-9._-]{1,128}"
                    + "|calls:by_(expiry|merchant)|merchant:pace|config:writes|leader:epoch|state:(gen|run_id|round|acks)|routers)");

    private static final Set<Integer> THE_SERVERS_OWN = Set.of(501, 505);
    /** Its remarks on forms that it does not read are right, and many; so are the other's on headers. */
    private static final Logger jersey = Logger.getLogger("org.glassfish.jersey.servlet.WebComponent");

    private static final ch.qos.logback.classic.Logger jetty =
            (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("org.eclipse.jetty");

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Route(String method, String path, boolean admin) {}

    @BeforeAll
    static void hush() {
        jersey.setLevel(Level.OFF);
        jetty.setLevel(ch.qos.logback.classic.Level.ERROR);
    }

    @AfterAll
    static void listen() {
        jersey.setLevel(null);
        jetty.setLevel(null);
    }

    @Test
    void whateverAnybodySendsIsAnsweredAndBreaksNothing() {
        long seed = Long.getLong("hostile.seed", new Random().nextInt(1_000_000_000));
        var routes = routes();
        var answers = new ConcurrentSkipListMap<Integer, Integer>();
        try (var town = Town.found()
                .pods("gold", PODS.get(0))
                .pods("standard", PODS.get(1))
                .sharedPod("basic", PODS.get(2))
                .routers(1)) {
            var router = town.router(0);
            Crowd.each(CLIENTS, client -> {
                for (var i = client; i < REQUESTS; i += CLIENTS) {
                    var route = routes.get(i % routes.size());
                    var request = new Hostility(seed + i).request(route.method(), route.path());
                    var answer = RawAnswer.to(route.admin() ? router.admin() : router.api(), request);
                    var told = "-Dhostile.seed=" + (seed + i) + ", " + route + ": " + shown(request) + "\n"
                            + shown(answer.all().getBytes(StandardCharsets.ISO_8859_1));
                    assertInOrder(told, route, answer);
                    answers.merge(answer.status(), 1, Integer::sum);
                }
                return null;
            });
            assertThat(answers.getOrDefault(0, 0)).as("hung up").isLessThan(REQUESTS / 20);
            assertThat(town.keys().keys("*")).allMatch(key -> KEYS.matcher(key).matches(), "documented");
            assertThat(new Caller(router.admin()).get("/metrics").body())
                    .contains("smart_router_panics_recovered_total 0.0");
            servesAsBefore(town);
        }
        System.out.println("hostile requests: " + REQUESTS + " from seed " + seed + ", answers by status: " + answers);
    }

    private static void servesAsBefore(Town town) {
        var caller = town.caller();
        for (var pod : PODS) caller.undrain(pod).is(200);
        for (var call : town.liveCalls()) caller.release(call).is(200);
        town.awaitWhole();
        StoreLaws.assertHold(town.keys());
        caller.allocate("CA-after").is(200);
        caller.release("CA-after").is(200);
        town.assertWhole();
    }

    private static void assertInOrder(String told, Route route, RawAnswer answer) {
        if (answer.status() >= 500 && !THE_SERVERS_OWN.contains(answer.status()))
            assertThat(answer.status()).as(told).isEqualTo(503);
        if (answer.all().isEmpty() || route.admin() || route.path().equals("/api/v1/metrics"))
            return; // may show the inside
        assertThat(answer.all())
                .as(told)
                .doesNotContain("\r\nX-Injected")
                .doesNotContain("Exception", "\tat ", "jakarta.", "dev.smartrouter", "etty")
                .doesNotMatch("(?s).*\\bHTTP/1\\.1 50[0246-9] .*");
        if (answer.type().startsWith("application/xml")) {
            assertThat(answer.body()).as(told).doesNotContain(Hostility.MARK);
            assertThat(rootOf(answer.body())).as(told).isEqualTo("Response");
        } else if (answer.type().startsWith("application/json")
                && !answer.body().isEmpty()) {
            assertThat(isObject(answer.body())).as(told).isTrue();
        }
    }

    private static List<Route> routes() {
        var paths = new OpenAPIV3Parser()
                .readLocation("../docs/openapi.yaml", null, null)
                .getOpenAPI()
                .getPaths();
        var routes = new ArrayList<Route>();
        paths.forEach((path, item) -> item.readOperationsMap()
                .keySet()
                .forEach(method -> routes.add(new Route(method.name(), path, item.getServers() != null))));
        for (var path : OPERATORS) routes.add(new Route("GET", path, true));
        return List.copyOf(routes);
    }

    private static String rootOf(String xml) {
        try {
            var builder = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement()
                    .getTagName();
        } catch (Exception e) {
            return "no XML: " + e.getMessage();
        }
    }

    private static boolean isObject(String json) {
        try {
            return JSON.readTree(json.getBytes(StandardCharsets.ISO_8859_1)).isObject();
        } catch (IOException e) {
            return false;
        }
    }

    private static String shown(byte[] request) {
        var text = new String(request, StandardCharsets.ISO_8859_1);
        return (text.length() > 1_500 ? text.substring(0, 1_500) + "…" : text).replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }
}
