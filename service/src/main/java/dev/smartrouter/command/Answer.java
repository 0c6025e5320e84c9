package dev.smartrouter.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What a router answered.
 *
 * @param body as it came
 * @param etag without its quotes; empty if there was none
 */
record Answer(int status, String body, String etag) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** @throws Failure if that is no router's answer */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Failure(Exit.UNREACHABLE, "the answer is no JSON: is this a router's URL (--url)?");
        }
    }

    boolean isFine() {
        return status >= 200 && status < 300;
    }

    /** What a refusal says. */
    String error() {
        try {
            var error = JSON.readTree(body).path("error").asText("");
            return error.isEmpty() ? "refused" : error;
        } catch (JsonProcessingException e) {
            return "no answer of a router";
        }
    }
}
