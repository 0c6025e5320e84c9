package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent's own way to a pod. */
class OwnWayIT {
    private final Ward ward = new Ward(settings -> settings.waitingForSockets(Duration.ofMillis(100)));
    private final Form http = new Form(ward.fleet.api());

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void theRoutersPodIsIsolatedAndItsSocketIsWaitedFor() {
        assertThat(allocate("{\"call_sid\":\"CA1\",\"reseller_id\":\"acme\",\"provider\":\"plivo\"}"))
                .isEqualTo("200 {\"call_sid\":\"CA1\",\"isolated\":true,\"pod_name\":\"voice-agent-0\","
                        + "\"ws_url\":\"ws://h/ws/pod/voice-agent-0/CA1\"}");
        assertThat(ward.router.asked("/api/v1/allocate").getFirst().body())
                .isEqualTo("{\"call_sid\":\"CA1\",\"merchant_id\":\"acme\",\"provider\":\"plivo\",\"flow\":\"v2\"}");
        ward.until("released CA1 NEVER_CONNECTED 200");
    }

    @Test
    void aRouterThatIsFullIsBelieved() {
        ward.started(Ward.POD);
        ward.router.then(503);
        assertThat(allocate("{\"call_sid\":\"CA1\"}")).isEqualTo("503 {\"error\":\"no pods available\"}");
    }

    @Test
    void withoutARouterAnyPodWillDo() {
        ward.started(Ward.POD);
        ward.started("voice-agent-1");
        ward.router.close();
        try (var busy = ward.socket(Ward.POD, "CA1")) {
            ward.until("joined voice-agent-0 u1 CA1");
            assertThat(allocate("{\"call_sid\":\"CA2\"}"))
                    .startsWith("200 {\"call_sid\":\"CA2\",\"isolated\":false,\"why\":")
                    .endsWith("\"pod_name\":\"voice-agent-1\",\"ws_url\":\"" + ward.gateway()
                            + "/ws/pod/voice-agent-1/CA2\"}");
            assertThat(busy.closed()).isNotDone();
        }
    }

    @Test
    void aPodThatDrainsIsNoPodForThat() {
        ward.router.always("/api/v1/drain", 503, "{}");
        var unused = ward.started(Ward.POD).stop(Duration.ofMinutes(5));
        set("{\"ENABLE_VOICE_AGENT_POD_ISOLATION\":false}");
        assertThat(allocate("{\"call_sid\":\"CA1\"}")).isEqualTo("503 {\"error\":\"no agent runs\"}");
    }

    @Test
    void anOpenBreakerIsSaid() {
        ward.started(Ward.POD);
        ward.router.always("/api/v1/allocate", 200, "{}");
        for (var i = 0; i < 5; i++)
            assertThat(allocate("{\"call_sid\":\"CA1\"}")).contains("without pod_name");
        assertThat(allocate("{\"call_sid\":\"CA1\"}")).contains("\"isolated\":false", "the circuit breaker is open");
    }

    @Test
    void unlessFallbackIsOff() {
        ward.started(Ward.POD);
        set("{\"SMART_ROUTER_ENABLE_FALLBACK\":false}");
        ward.router.close();
        assertThat(allocate("{\"call_sid\":\"CA2\"}")).startsWith("503 ");
    }

    @Test
    void flagsAreReadAnewForEachCall() {
        ward.started(Ward.POD);
        set("{\"SMART_ROUTER_PERCENTAGE\":0}");
        assertThat(allocate("{\"call_sid\":\"CA1\"}")).contains("\"isolated\":false", "\"the flags say so\"");
        assertThat(ward.router.asked("/api/v1/allocate")).isEmpty();
        set("{\"SMART_ROUTER_PERCENTAGE\":100}");
        assertThat(allocate("{\"call_sid\":\"CA2\"}")).contains("\"isolated\":true");
    }

    @Test
    void twilioMayAskTheRouterItself() {
        set("{\"SMART_ROUTER_ENABLE_TWILIO_DIRECT\":true}");
        assertThat(allocate("{\"call_sid\":\"CA1\",\"merchant_id\":\"a b\",\"provider\":\"twilio\"}"))
                .isEqualTo("200 {\"call_sid\":\"CA1\",\"isolated\":true,\"webhook_url\":\"" + ward.router.uri()
                        + "/api/v1/twilio/allocate?merchant_id=a+b\"}");
        assertThat(allocate("{\"call_sid\":\"CA1\",\"provider\":\"plivo\"}")).contains("\"pod_name\"");
    }

    @Test
    void withoutAnyPodThereIsNoWay() {
        set("{\"ENABLE_VOICE_AGENT_POD_ISOLATION\":false}");
        assertThat(allocate("{\"call_sid\":\"CA1\"}")).isEqualTo("503 {\"error\":\"no agent runs\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /voice/allocate | {}                 | 400",
                "POST | /voice/allocate | {\"call_sid\":\"\"} | 400",
                "POST | /voice/allocate | <html>             | 400",
                "PUT  | /voice/config   | {\"X\":1}          | 400",
                "PUT  | /voice/config   | {                  | 400",
                "GET  | /voice/config   | ''                 | 200",
                "GET  | /voice/allocate | ''                 | 404",
                "GET  | /voice/         | ''                 | 404",
            })
    void aWrongRequestIsToldSo(String method, String path, String body, int status) {
        assertThat(http.send(method, path, body).statusCode()).isEqualTo(status);
    }

    private void set(String flags) {
        assertThat(http.send("PUT", "/voice/config", flags).statusCode()).isEqualTo(200);
    }

    private String allocate(String body) {
        var answer = http.send("POST", "/voice/allocate", body);
        return answer.statusCode() + " " + answer.body();
    }
}
