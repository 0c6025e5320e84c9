package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.tryMax;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.httpConcurrentRequests;
import static io.gatling.javaapi.http.HttpDsl.status;

import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.Request;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What happens around one call, as its provider and its agent do it: the webhook, the talk, the end by one path or
 * several. Each answer is read as the provider reads it, and compared with what was answered before.
 */
final class Caller {
    /** The webhook's request in the report, after the provider's name. */
    static final String WEBHOOK = " webhook";

    /** Twilio's by default; the least of the three. A try that fails counts as an error all the same. */
    private static final int WEBHOOK_TRIES = 2;

    private static final int END_TRIES = 3;

    private static final String POD = "pod";
    private static final String STATUS = "status";
    private static final String TYPE = "type";

    private final Calls calls;
    private final Book book;
    private final boolean refusable;

    private Caller(Calls calls, Book book, boolean refusable) {
        this.calls = calls;
        this.book = book;
        this.refusable = refusable;
    }

    /** Every call is to get a pod, and every release to be taken. */
    Caller(Calls calls, Book book) {
        this(calls, book, false);
    }

    /** A refusal in the provider's own markup is an answer too, and a release may be refused: its provider tells it again. */
    Caller refusable() {
        return new Caller(calls, book, true);
    }

    /** From the webhook to the end. */
    ChainBuilder call() {
        return call((session, connected) -> session);
    }

    /** @param answered is told, as soon as the webhook is answered, whether the call has a pod */
    ChainBuilder call(BiFunction<Session, Boolean, Session> answered) {
        return feed(calls)
                .exec(webhook())
                .exec(session -> answered.apply(session, isConnected(session)))
                .exec(doIfOrElse(this::isConnected).then(talk(), end()).orElse(hangup()));
    }

    /**
     * The same with everything said several times over, each time at once.
     *
     * @param times of the webhook; its end is told as often, by both paths
     */
    ChainBuilder call(int times) {
        var ends = new ArrayList<HttpRequestActionBuilder>();
        for (var i = 0; i < times; i++) ends.add(i % 2 == 0 ? release(200, 404) : hangsUp());
        return feed(calls)
                .exec(byMethod(method -> atOnce(Collections.nCopies(times, webhook(method)))))
                .exec(doIfOrElse(this::isConnected)
                        .then(talk(), heard(atOnce(ends)))
                        .orElse(hangup()));
    }

    private boolean isConnected(Session session) {
        return book.has(Call.of(session).sid());
    }

    private ChainBuilder webhook() {
        return tryMax(WEBHOOK_TRIES).on(byMethod(this::webhook));
    }

    /** Gatling wants to know a method before it knows the call. */
    private static ChainBuilder byMethod(Function<String, ? extends ActionBuilder> request) {
        return doIfOrElse(
                        (Session session) -> Call.of(session).webhook().method().equals("GET"))
                .then(exec(request.apply("GET")))
                .orElse(exec(request.apply("POST")));
    }

    private HttpRequestActionBuilder webhook(String method) {
        return letter(WEBHOOK, method, Call::webhook)
                .check(
                        status().saveAs(STATUS),
                        header("Content-Type").saveAs(TYPE),
                        connected().saveAs(POD));
    }

    /** What the provider reads in it: the pod that the call has, and has had since its first answer. */
    private CheckBuilder.Final connected() {
        return bodyString().transformWithSession(this::read).validate("is an answer", (pod, session) -> pod);
    }

    private String read(String body, Session session) {
        var call = Call.of(session);
        var answer = call.letters().read(call.sid(), session.getInt(STATUS), session.getString(TYPE), body);
        return switch (answer) {
            case Answer.Stream stream -> {
                book.granted(call.sid(), stream.pod());
                yield stream.pod();
            }
            case Answer.Apology apology when refusable -> "";
            case Answer.Apology apology -> throw new IllegalStateException("refused: " + apology.words());
            case Answer.Unusable unusable -> throw new IllegalStateException("unusable: " + unusable.why());
        };
    }

    private ChainBuilder talk() {
        return pause(session -> Call.of(session).talks()).exec(session -> {
            book.leaves(Call.of(session).sid());
            return session;
        });
    }

    private ChainBuilder end() {
        return doSwitch(session -> Call.of(session).ending())
                .on(
                        onCase(Call.Ending.AGENT).then(refusable ? exec(release(200, 503), hangsUp()) : heard(ours())),
                        onCase(Call.Ending.PROVIDER).then(hangup()),
                        onCase(Call.Ending.BOTH)
                                .then(heard(atOnce(
                                        List.of(refusable ? release(200, 404, 503) : release(200, 404), hangsUp())))));
    }

    /** If one who tells the end is not heard, the provider tells it again. */
    private ChainBuilder heard(ActionBuilder end) {
        return exec(end).exec(doIf(Session::isFailed).then(hangup()));
    }

    private ChainBuilder hangup() {
        return tryMax(END_TRIES).on(exec(hangsUp()));
    }

    private HttpRequestActionBuilder ours() {
        return release(200).check(jsonPath("$.pod_name").is(session -> session.getString(POD)));
    }

    private static HttpRequestActionBuilder release(Integer... statuses) {
        return http("agent releases")
                .post("/api/v1/release")
                .header("Content-Type", "application/json")
                .body(StringBody(
                        session -> "{\"call_sid\":\"" + Call.of(session).sid() + "\",\"reason\":\"call_completed\"}"))
                .check(status().in(statuses));
    }

    private static HttpRequestActionBuilder hangsUp() {
        return letter(" hangs up", "POST", Call::hangup).check(status().is(204));
    }

    private static ActionBuilder atOnce(List<HttpRequestActionBuilder> requests) {
        return httpConcurrentRequests(requests);
    }

    /** What a provider wrote, sent as it stands. */
    private static HttpRequestActionBuilder letter(String what, String method, Function<Call, Request> letter) {
        var request = http(session -> Call.of(session).provider() + what)
                .httpRequest(method, session -> letter.apply(Call.of(session)).target())
                .sign((sent, session) -> {
                    letter.apply(Call.of(session))
                            .headers()
                            .forEach((name, value) -> sent.getHeaders().set(name, value));
                    return sent;
                });
        return method.equals("GET")
                ? request
                : request.body(
                        StringBody(session -> letter.apply(Call.of(session)).body()));
    }
}
