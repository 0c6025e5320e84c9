package dev.smartrouter.simulator.provider;

import java.util.Map;

/**
 * A request of a provider, complete but for whom it goes to.
 *
 * @param target path and query, encoded
 * @param body empty if there is none, and then it is a GET
 */
public record Request(String target, Map<String, String> headers, String body) {
    static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

    public Request {
        headers = Map.copyOf(headers);
    }

    public String method() {
        return body.isEmpty() ? "GET" : "POST";
    }

    /** The target with these fields added to its query. */
    static String withQuery(String target, Map<String, String> fields) {
        if (fields.isEmpty()) return target;
        return target + (target.indexOf('?') < 0 ? '?' : '&') + Form.encode(fields);
    }
}
