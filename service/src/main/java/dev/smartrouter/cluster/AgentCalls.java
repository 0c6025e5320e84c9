package dev.smartrouter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartrouter.CallSid;
import dev.smartrouter.pool.PodSighting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a pod's agent for its calls: {@code GET http://{ip}:{port}/active-calls}, answered by
 * {@code {"call_sids":[…]}}; optional for an agent. May be asked by many threads at once.
 */
public final class AgentCalls implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AgentCalls.class);
    private static final ObjectMapper json = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int LARGEST_BODY = 256 * 1024;

    private final int port;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // no h2c upgrade, which some small servers take amiss
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    /** @param port that agents listen on */
    public AgentCalls(int port) {
        this.port = port;
    }

    /** Empty if the agent does not offer it, or gives no such answer within 1 s. */
    public Optional<Set<CallSid>> of(PodSighting pod) {
        if (pod.ip().isEmpty()) return Optional.empty();
        var reply = http.sendAsync(
                HttpRequest.newBuilder(uri(pod.ip())).timeout(TIMEOUT).build(), info -> new BoundedBody(LARGEST_BODY));
        try {
            // The request's own timeout ends with the headers; a body may trickle.
            return calls(pod, reply.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            log.warn("the agent of {} does not say its calls within {}", pod.pod(), TIMEOUT);
        } catch (ExecutionException e) {
            log.warn("the agent of {} does not say its calls: {}", pod.pod(), String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reply.cancel(true);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private Optional<Set<CallSid>> calls(PodSighting pod, HttpResponse<byte[]> reply) {
        if (reply.statusCode() == 404) {
            log.debug("the agent of {} does not offer to say its calls", pod.pod());
            return Optional.empty();
        }
        if (reply.statusCode() != 200) {
            log.warn("the agent of {} answers {} when asked for its calls", pod.pod(), reply.statusCode());
            return Optional.empty();
        }
        try {
            var sids = json.readTree(reply.body()).path("call_sids");
            if (sids.isArray()) return Optional.of(valid(pod, sids));
            log.warn("the agent of {} names its calls in no array 'call_sids'", pod.pod());
        } catch (IOException e) {
            log.warn("the agent of {} names its calls in no JSON", pod.pod());
        }
        return Optional.empty();
    }

    private static Set<CallSid> valid(PodSighting pod, JsonNode sids) {
        var calls = new LinkedHashSet<CallSid>();
        for (var sid : sids) {
            try {
                calls.add(new CallSid(sid.isTextual() ? sid.textValue() : ""));
            } catch (IllegalArgumentException e) {
                log.warn("the agent of {} names a call that cannot be: {}", pod.pod(), e.getMessage());
            }
        }
        return Set.copyOf(calls);
    }

    private URI uri(String ip) {
        return URI.create("http://" + (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port + "/active-calls");
    }
}
