package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.foreach;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Whether the pools are whole after a run: as full as before it, and no pod that took a call lost or still held. */
final class Pools {
    /** The requests of the report that fail if they are not. */
    static final String WHOLE = "the pools are whole";

    static final String POD = "no pod is lost";
    static final String STORE = "the store is whole";

    /** What should be missing or wrong. */
    private static final String NOTHING = "nothing";

    private static final int LOOKED_AT = 1_000;
    private static final String STATUS = "/api/v1/status";
    private static final String BODY = "status";
    private static final String CODE = "code";
    private static final String REPORT = "report";
    private static final String SINCE = "since";
    private static final ObjectMapper json = new ObjectMapper();

    private final Map<String, Integer> before;
    private final Set<String> shared;
    private final Book book;
    private final String run;
    private final Optional<URI> admin;
    private final Duration patience;

    /**
     * Looks at them before the run.
     *
     * @param run what the sids of its calls begin with
     * @param admin where the store can be verified, if it can
     * @param patience for releases that nobody heard, which the routers repeat, and for their audit
     * @throws IllegalStateException if no router answers, or they have no pod for a call
     */
    Pools(URI url, Book book, String run, Optional<URI> admin, Duration patience) {
        this.book = book;
        this.run = run;
        this.admin = admin;
        this.patience = patience;
        var status = get(url.resolve(STATUS));
        before = available(status);
        shared = parse(status).path("pools").properties().stream()
                .filter(pool -> pool.getValue().path("type").asText().equals("shared"))
                .map(pool -> "pool:" + pool.getKey())
                .collect(Collectors.toSet());
        if (before.values().stream().mapToInt(free -> free).sum() == 0) {
            throw new IllegalStateException("no pod is available at " + url + ": " + before);
        }
    }

    private static String get(URI uri) {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException("no router answers at " + uri, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + body, e);
        }
    }

    private static Map<String, Integer> available(String status) {
        var figures = new TreeMap<String, Integer>();
        parse(status)
                .path("pools")
                .properties()
                .forEach(pool -> figures.put(
                        pool.getKey(), pool.getValue().path("available").asInt()));
        return figures;
    }

    /** Waits until they are whole, then says so or what is missing. */
    ChainBuilder look() {
        var look = exec(session -> session.set(SINCE, System.nanoTime()).set(BODY, ""))
                .exec(asLongAs(this::isWorthWaiting)
                        .on(
                                pause(Duration.ofMillis(250)),
                                exec(http("status")
                                        .get(STATUS)
                                        .silent()
                                        .check(bodyString().saveAs(BODY)))))
                .exec(http(WHOLE).get(STATUS).check(says(this::missing)))
                .exec(foreach(session -> busiest(), "name").on(pod()));
        return admin.map(operators ->
                        look.exec(verified(operators.resolve("/verify").toString())))
                .orElse(look);
    }

    /** Those that had two calls at once are among them, if there are any; of a large fleet the rest is a sample. */
    private List<String> busiest() {
        return book.most().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(LOOKED_AT)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A router that cannot look says nothing of the pod, and is asked again. */
    private ChainBuilder pod() {
        var ask = http(POD).get("/api/v1/pod/#{name}");
        return exec(session -> session.set(CODE, 503))
                .exec(asLongAs(session -> session.getInt(CODE) == 503 && isInTime(session))
                        .on(exec(ask.silent().check(status().saveAs(CODE)))))
                .exec(ask.check(status().in(200, 503), says(this::wrong)));
    }

    /** By the routers themselves, who tell whoever asks at a bad moment to ask again. */
    private ChainBuilder verified(String page) {
        var ask = http(STORE).get(page).requestTimeout(Duration.ofMinutes(1));
        return exec(asLongAs(session -> !session.contains(REPORT) && isInTime(session))
                        .on(exec(ask.silent()
                                .check(status().is(200), bodyString().saveAs(REPORT)))))
                .exec(ask.check(
                        jsonPath("$.findings").is("[]"), jsonPath("$.whole").is("true")));
    }

    /** A check whose failure says in words what was found instead of nothing. */
    private static CheckBuilder.Final says(UnaryOperator<String> look) {
        return bodyString().transform(look).validate("is nothing", (found, session) -> {
            if (!found.equals(NOTHING)) throw new IllegalStateException(found);
            return found;
        });
    }

    List<String> names() {
        return admin.isPresent() ? List.of(WHOLE, POD, STORE) : List.of(WHOLE, POD);
    }

    private boolean isWorthWaiting(Session session) {
        var status = String.valueOf(session.getString(BODY));
        return (status.isEmpty() || !missing(status).equals(NOTHING)) && isInTime(session);
    }

    private boolean isInTime(Session session) {
        return System.nanoTime() - session.getLong(SINCE) < patience.toNanos();
    }

    /** What is not as before, in words. */
    String missing(String body) {
        var status = parse(body);
        if (!status.path("status").asText().equals("up")) return "the store does not answer";
        if (!status.path("gate").asText().equals("open"))
            return "the gate is " + status.path("gate").asText();
        var now = available(body);
        var missing = new ArrayList<String>();
        before.forEach((pool, free) -> {
            var left = now.getOrDefault(pool, 0);
            if (left < free) missing.add(pool + " has " + left + " of " + free + " pods");
        });
        return missing.isEmpty() ? NOTHING : String.join(", ", missing);
    }

    /** What is wrong with a pod after its calls, in words. */
    String wrong(String body) {
        var pod = parse(body);
        var name = pod.path("pod_name").asText();
        for (var call : pod.path("calls")) {
            if (call.asText().startsWith(run)) return name + " still has " + call.asText();
        }
        var most = book.most().getOrDefault(name, 0);
        return most > 1 && !shared.contains(pod.path("pool").asText())
                ? name + " had " + most + " calls at once"
                : NOTHING;
    }
}
