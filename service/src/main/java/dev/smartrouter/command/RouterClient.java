package dev.smartrouter.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A router's API, asked as any client would. */
final class RouterClient implements AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration TO_ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_CONNECT)
            .build();
    private final URI url;
    private final Optional<String> key;

    RouterClient(URI url, Optional<String> key) {
        this.url = url;
        this.key = key;
    }

    /** A request of the API, and the thing it is about, for the words of a refusal. */
    record Question(String method, String path, String thing, Optional<String> body, Optional<String> ifMatch) {
        static Question get(String path, String thing) {
            return new Question("GET", path, thing, Optional.empty(), Optional.empty());
        }

        static Question post(String path, String thing, String body) {
            return new Question("POST", path, thing, Optional.of(body), Optional.empty());
        }
    }

    /** @throws Failure if there is no answer, or it is a refusal */
    Answer ask(Question question) {
        var answer = send(question);
        if (!answer.isFine()) throw Failure.refused(question.thing, answer.status(), answer.error());
        return answer;
    }

    private Answer send(Question question) {
        var body = question.body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody);
        var request = HttpRequest.newBuilder(URI.create(url + question.path))
                .timeout(TO_ANSWER)
                .method(question.method, body)
                .header("Accept", "application/json");
        if (question.body.isPresent()) request.header("Content-Type", "application/json");
        question.ifMatch.ifPresent(tag -> request.header("If-Match", tag));
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            var etag = response.headers().firstValue("ETag").orElse("");
            return new Answer(response.statusCode(), response.body(), etag.replace("\"", ""));
        } catch (IOException e) {
            throw new Failure(
                    Exit.UNREACHABLE,
                    "no router answers at " + url + " (" + why(e)
                            + "): is it up, and is --url or SMART_ROUTER_URL right?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.UNREACHABLE, "interrupted");
        }
    }

    /** The JDK's exceptions for a connection that is refused have no words. */
    private static String why(IOException e) {
        if (e.getMessage() != null) return e.getMessage();
        return e instanceof ConnectException
                ? "connection refused"
                : e.getClass().getSimpleName();
    }

    @Override
    public void close() {
        http.close();
    }
}
