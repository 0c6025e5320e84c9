package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator asks, on the admin port of a router at work, whether the store is whole. */
class VerifyIT {
    private static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":6},"basic":{"type":"shared","target":1,"max_concurrent":3}},\
            "default_chain":["gold","basic"]}""";
    private static final Duration AT_WORK = Duration.ofSeconds(6);
    private static final int CALLERS = 6;

    private final Town town = Town.found()
            .tiers(TIERS)
            .pods("gold", "agent-0", "agent-1", "agent-2", "agent-3", "agent-4", "agent-5")
            .sharedPod("basic", "agent-6")
            .with("DRAINING_TTL", "1s");

    @AfterEach
    void stop() {
        town.close();
    }

    /** Calls come, go and are asked for again; pods drain, and their drains end of themselves or at a word. */
    @Test
    void trafficOfTwoRoutersRaisesNoFalseAlarm() throws Exception {
        town.routers(2);
        var end = System.nanoTime() + AT_WORK.toNanos();
        var answers = new ArrayList<String>();
        var calls = new AtomicInteger();
        Crowd.each(CALLERS + 1, who -> {
            while (System.nanoTime() < end) {
                if (who == CALLERS) answers.add(verify("GET", "?timeout=20s").body());
                else callAndPerhapsDrain(town.caller(who), who, calls.incrementAndGet());
            }
            return null;
        });
        assertThat(calls.get()).isGreaterThan(100);
        assertThat(answers)
                .hasSizeGreaterThan(1)
                .allSatisfy(answer -> assertThat(answer).contains("\"whole\":true", "\"findings\":[]"));
    }

    private static void callAndPerhapsDrain(Caller caller, int who, int number) {
        var random = ThreadLocalRandom.current();
        var call = "CA-" + who + "-" + number;
        caller.allocate(call);
        if (random.nextInt(4) == 0) caller.allocate(call);
        if (random.nextInt(20) == 0) caller.drain("agent-" + random.nextInt(7));
        if (random.nextInt(40) == 0) caller.undrain("agent-" + random.nextInt(7));
        caller.release(call);
        if (random.nextInt(4) == 0) caller.release(call);
    }

    @Test
    void whatIsFoundIsSaidInJsonAndMendedOnlyIfAskedTo() throws Exception {
        town.routers(1);
        town.keys().set("voice:pod:draining:agent-0", "1");
        var found = verify("GET", "");
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(found.body())
                .contains("\"whole\":false", "\"complete\":true", "\"took_ms\":")
                .contains("\"law\":\"DRAINS_FOR_EVER\",\"number\":\"I11\",\"invariant\":\"a drain has a TTL\"")
                .contains("\"thing\":\"pod agent-0\",\"values\":\"pod:draining:agent-0 has no TTL\"")
                .contains("\"repair\":\"drain the pod anew\"")
                .doesNotContain("\"left\"");
        assertThat(town.keys().ttl("voice:pod:draining:agent-0")).isEqualTo(-1);

        var mended = verify("POST", "?repair=true");
        assertThat(mended.statusCode()).isEqualTo(200);
        assertThat(mended.body()).contains("\"whole\":true", "\"law\":\"DRAINS_FOR_EVER\"", "\"left\":[]");
        assertThat(verify("GET", "").body()).contains("\"whole\":true", "\"findings\":[]");
    }

    @Test
    void whatItCannotDoItSays() throws Exception {
        town.routers(1);
        assertThat(answer(verify("POST", ""))).isEqualTo("400 {\"error\":\"POST /verify needs repair=true\"}");
        assertThat(answer(verify("GET", "?timeout=soon")))
                .isEqualTo(
                        "400 {\"error\":\"the timeout must be a duration such as 250ms, 30s, 6m or 24h, from 100ms to"
                                + " 1h, not 'soon'\"}");
        town.redis().freeze();
        try {
            assertThat(answer(verify("GET", ""))).isEqualTo("503 {\"error\":\"store unavailable\"}");
        } finally {
            town.redis().thaw();
        }
    }

    private static String answer(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body();
    }

    private HttpResponse<String> verify(String method, String query) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create(town.router(0).admin() + "/verify" + query);
            var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
