package dev.smartrouter.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.call.RouterFixture;
import dev.smartrouter.http.LenientHeaders;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.Socket;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a real server and a raw socket can show: requests that no client library would send. */
class RouterHttpIT {
    private static final RouterFixture router = new RouterFixture();
    private static final DropwizardTestSupport<Configuration> server = new DropwizardTestSupport<>(
            Bare.class,
            (String) null,
            ConfigOverride.config("logging.level", "WARN"),
            ConfigOverride.config("server.registerDefaultExceptionMappers", "false"),
            ConfigOverride.config("server.applicationConnectors[0].port", "0"),
            ConfigOverride.config("server.adminConnectors[0].port", "0"));

    /** The resources and nothing else. */
    public static final class Bare extends Application<Configuration> {
        @Override
        public void run(Configuration configuration, Environment environment) {
            environment
                    .servlets()
                    .addFilter("lenient headers", new LenientHeaders())
                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
            var webhook = new Webhook(router.allocator, router.panics::add);
            Stream.concat(
                            router.components().stream(),
                            Stream.of(
                                    new WebhookResource(webhook),
                                    new PublicWebhookResource(webhook),
                                    new StatusCallbackResource(router.releaser)))
                    .forEach(environment.jersey()::register);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        router.pools.pod("pool:gold", "voice-agent-0");
        server.before();
    }

    @AfterAll
    static void stop() {
        server.after();
    }

    private static String send(String head, String body) throws IOException {
        try (var socket = new Socket("localhost", server.getLocalPort())) {
            socket.setSoTimeout(10_000);
            var request = head + "\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /** Each of these comes from somewhere a provider, a proxy or a tester could be. */
    static Stream<String> strangeWebhooks() {
        return Stream.of(
                "POST /api/v1/twilio/allocate?merchant_id=%zz HTTP/1.1",
                "POST /api/v1/twilio/allocate?%%%&a=%& HTTP/1.1",
                "POST /api/v1/twilio/allocate?a=%ff%00%fe HTTP/1.1",
                "POST /api/v1/twilio/allocate?a={b}|[c]^`\\ HTTP/1.1",
                "POST /api/v1/twilio/allocate?a=\"<>\u00e9 HTTP/1.1",
                "POST /agent/voice/breeze-buddy/twilio/callback/%C3%A9%7B HTTP/1.1",
                "POST /agent/voice/breeze-buddy/twilio/callback/a;b=c HTTP/1.1",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nContent-Type: nonsense",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nContent-Type: a/b; charset=none",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nContent-Type: a/b; charset=\"",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nContent-Type: ;;;",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nContent-Type:",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nAccept: ;;;",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nAccept: a/b;q=x",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nAccept: text/html",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nAccept-Language: ;q=x",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nContent-Encoding: gzip",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nContent-Encoding: br",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nContent-Language: ;;;",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nCookie: =;=;\"",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nX-HTTP-Method-Override: DELETE");
    }

    @ParameterizedTest
    @MethodSource("strangeWebhooks")
    void aStrangeWebhookIsAnsweredInMarkup(String head) throws IOException {
        var answer = send(head, "CallSid=CA1");
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Content-Type: application/xml");
        assertThat(Xml.parse(answer.substring(answer.indexOf("\r\n\r\n") + 4)).getTagName())
                .isEqualTo("Response");
        assertThat(router.panics).isEmpty();
    }

    /** What the server itself turns away, before there is a webhook. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /agent/voice/breeze-buddy/twilio/callback/%C3%A9{x} HTTP/1.1",
                "POST /agent/voice/breeze-buddy/twilio/callback/a%2Fb HTTP/1.1",
                "POST /agent/voice/breeze-buddy/twilio/callback/%zz HTTP/1.1",
                "POST /agent/voice/breeze-buddy/twilio/callback/%00 HTTP/1.1",
                "POST /agent/voice/breeze-buddy/twilio/callback/../../../x HTTP/1.1",
                "POST /agent/voice/breeze-buddy//twilio/callback/ HTTP/1.1",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nX-Forwarded-For: \u0001",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nTransfer-Encoding: nonsense",
                "BREW /api/v1/twilio/allocate HTTP/1.1",
                "TRACE /api/v1/twilio/allocate HTTP/1.1",
                "HEAD /api/v1/twilio/allocate?CallSid=CA1 HTTP/1.1",
                "POST * HTTP/1.1",
                "GET /api/v1/calls/%2e%2e HTTP/1.1",
                "GET /api/v1/calls/;a=b HTTP/1.1",
                "GET /api/v1/pod/%ff HTTP/1.1",
            })
    void whatIsNoRequestIsTheSendersFault(String head) throws IOException {
        var answer = send(head, "CallSid=CA1");
        assertThat(answer).startsWith("HTTP/1.1 4");
        assertThat(answer).doesNotContainIgnoringCase("exception", "\tat ", "caused by");
        assertThat(router.panics).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsNotReadToItsEnd() throws IOException {
        var answer = send("POST /api/v1/twilio/allocate HTTP/1.1", "x".repeat(1 << 20));
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("{\"error\":\"request body must be at most");
    }
}
