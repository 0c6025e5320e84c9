package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.time.Duration;

/**
 * What a router answered.
 *
 * @param took from asking to the last byte
 */
record Answer(int status, HttpHeaders headers, String body, Duration took) {
    private static final ObjectMapper JSON = new ObjectMapper();

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + this, e);
        }
    }

    String text(String field) {
        return json().path(field).asText();
    }

    String pod() {
        return text("pod_name");
    }

    String wsUrl() {
        return text("ws_url");
    }

    String pool() {
        return text("source_pool");
    }

    boolean wasExisting() {
        return json().path("was_existing").asBoolean();
    }

    String type() {
        return headers.firstValue("Content-Type").orElse("");
    }

    boolean isOk() {
        return status == 200;
    }

    Answer is(int expected) {
        assertThat(status).as("status of %s", this).isEqualTo(expected);
        return this;
    }

    /** A pod of this pool, newly taken, with the URL of that very pod. */
    Answer took(String pool) {
        is(200);
        assertThat(json().path("success").asBoolean()).as("%s", this).isTrue();
        assertThat(pool()).as("pool of %s", this).isEqualTo(pool);
        assertThat(wasExisting()).as("was_existing of %s", this).isFalse();
        assertThat(wsUrl()).startsWith(Town.AGENTS + "/ws/pod/" + pod() + "/");
        assertThat(text("allocated_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        return this;
    }

    /** The pod that the call has had before. */
    Answer replays(Answer first) {
        is(200);
        assertThat(pod()).as("pod of %s", this).isEqualTo(first.pod());
        assertThat(wsUrl()).isEqualTo(first.wsUrl());
        assertThat(pool()).isEqualTo(first.pool());
        assertThat(wasExisting()).as("was_existing of %s", this).isTrue();
        return this;
    }

    /** The contract's no: 503, which pools were tried, and try again in a second. */
    Answer findsNoPodIn(String... pools) {
        is(503);
        assertThat(text("error")).isEqualTo("no pods available");
        assertThat(json().path("pools_tried")).extracting(JsonNode::asText).containsExactly(pools);
        assertThat(headers.firstValue("Retry-After")).contains("1");
        return this;
    }

    /** TwiML or Plivo XML that says sorry and hangs up, with the 200 that providers want. */
    Answer apologises() {
        is(200);
        assertThat(type()).startsWith("application/xml");
        assertThat(body)
                .as("apology")
                .matches("<Response><(Say|Speak)[^>]*>[^<]*sorry[^<]*</(Say|Speak)><Hangup ?/></Response>");
        return this;
    }

    /** TwiML that streams the call to this URL. */
    Answer streamsTwilioTo(String url) {
        is(200);
        assertThat(type()).startsWith("application/xml");
        assertThat(body).isEqualTo("<Response><Connect><Stream url=\"" + url + "\"></Stream></Connect></Response>");
        return this;
    }
}
