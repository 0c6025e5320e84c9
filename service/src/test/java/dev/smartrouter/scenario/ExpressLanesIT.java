package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An express lane answers as Jersey does. Jersey gets what is not written just like a lane's path: a slash too many. */
class ExpressLanesIT {
    private static final String PUBLIC = "/agent/voice/breeze-buddy/twilio/callback/";
    private static final Town town = Town.found();

    @BeforeAll
    static void open() {
        town.tiers("{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}")
                .merchant("nobody", "{\"fallback\":[\"gold\"]}")
                .pods("gold", "voice-agent-0")
                .routers(1);
        town.caller().allocate("CA-live").took("pool:gold");
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v1/allocate | {\"call_sid\":\"CA-live\"}",
                "/api/v1/allocate | {\"call_sid\":\"CA-other\",\"merchant_id\":\"nobody\"}",
                "/api/v1/allocate | {\"call_sid\":\"CA live\"}",
                "/api/v1/allocate | {\"merchant_id\":\"m\"}",
                "/api/v1/allocate | {\"call_sid\":",
                "/api/v1/release | {\"call_sid\":\"CA-nobody\"}",
                "/api/v1/release | []",
                "/api/v1/twilio/allocate | CallSid=CA-live",
                "/api/v1/twilio/allocate | CallSid=CA-other",
                "/api/v1/twilio/allocate | From=%2B1555",
                "/api/v1/twilio/allocate?merchant_id=nobody&CallSid=CA-live | X=1",
                "/api/v1/plivo/allocate | CallUUID=CA-live",
                "/api/v1/exotel/allocate | {\"CallSid\":\"CA-live\"}",
                "/api/v1/exotel/allocate | {\"CallSid\":\"\"}",
            })
    void everyAnswerIsTheSame(String path, String body) {
        var jerseys = path.contains("?") ? path.replace("?", "/?") : path + "/";
        assertSame(
                town.caller().post(path, "application/json", body),
                town.caller().post(jerseys, "application/json", body));
    }

    @Test
    void aTemplateInThePathIsReadAlike() {
        assertSame(
                town.caller().form(PUBLIC + "order-1", "CallSid=CA-live"),
                town.caller().form(PUBLIC + "order%2D1", "CallSid=CA-live"));
        assertThat(town.caller().form(PUBLIC, "CallSid=CA-live").body()).contains("<Stream");
    }

    @Test
    void aBodyTooLargeEndsTheConnection() {
        var body = "{\"call_sid\":\"" + "x".repeat(20_000) + "\"}";
        var lane = town.caller().post("/api/v1/allocate", "application/json", body);
        assertSame(lane, town.caller().post("/api/v1/allocate/", "application/json", body));
        lane.is(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "HEAD", "DELETE"})
    void otherMethodsAreJerseys(String method) {
        assertThat(town.caller()
                        .send(method, "/api/v1/allocate", "application/json", BodyPublishers.noBody())
                        .status())
                .isEqualTo(405);
    }

    @Test
    void requestsCountUnderTheSameName() {
        var metrics = new Caller(town.router(0).admin());
        var name = "http_requests_total{endpoint=\"/api/v1/release\",method=\"POST\",status=\"404\"} ";
        var before = counted(metrics.get("/metrics").body(), name);
        town.caller().post("/api/v1/release", "application/json", "{\"call_sid\":\"CA-counted\"}");
        town.caller().post("/api/v1/release/", "application/json", "{\"call_sid\":\"CA-counted\"}");
        assertThat(counted(metrics.get("/metrics").body(), name)).isEqualTo(before + 2);
    }

    private static double counted(String page, String series) {
        return page.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    private static void assertSame(Answer lane, Answer jersey) {
        assertThat(lane.status()).isEqualTo(jersey.status());
        assertThat(lane.body()).isEqualTo(jersey.body());
        assertThat(headers(lane)).isEqualTo(headers(jersey));
    }

    /** Without what differs from one request to the next. */
    private static Map<String, Object> headers(Answer answer) {
        var headers = new TreeMap<String, Object>(answer.headers().map());
        assertThat(headers.remove("x-request-id")).isNotNull();
        headers.remove("date");
        return headers;
    }
}
