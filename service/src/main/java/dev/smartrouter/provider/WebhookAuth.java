package dev.smartrouter.provider;

import dev.smartrouter.auth.Nearby;
import dev.smartrouter.http.Bodies;
import dev.smartrouter.http.JsonAnswer;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.provider.WebhookChecks.Outcome;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the proof of every webhook and status callback before anybody acts on it. Where a proxy changed path or query
 * on the way, it tells the ones that the provider called in {@code X-Original-URI}; these are then what is signed, and
 * what is acted on is the query that is signed, so that the header need not be believed.
 */
public final class WebhookAuth implements Filter {
    private static final String ORIGINAL = "X-Original-URI";

    private final Map<String, WebhookMode> modes = new HashMap<>();
    private final Map<String, Proof> proofs = new HashMap<>();
    private final WebhookChecks checks;

    public WebhookAuth(WebhookTrust trust, WebhookChecks checks) {
        this.checks = checks;
        for (var provider : WebhookTrust.PROVIDERS) {
            modes.put(provider, trust.mode(provider));
            if (trust.mode(provider) != WebhookMode.OFF) proofs.put(provider, trust.proof(provider));
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var asked = (HttpServletRequest) request;
        var path = proofs.isEmpty() ? null : pathOf(asked);
        if (path == null || !proofs.containsKey(path.provider())) {
            chain.doFilter(request, response);
            return;
        }
        var answer = (HttpServletResponse) response;
        byte[] body;
        try {
            body = Bodies.read(asked.getInputStream());
        } catch (Refusal e) {
            if (e.getResponse().getStatus() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
                JsonAnswer.error(
                        answer, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, String.valueOf(e.getMessage()));
                return;
            }
            body = new byte[0]; // it broke off: nothing of it counts
        }
        check(asked, answer, path, body, chain);
    }

    private void check(
            HttpServletRequest request, HttpServletResponse response, WebhookPath path, byte[] body, FilterChain chain)
            throws IOException, ServletException {
        var provider = path.provider();
        var sent = sent(request, body);
        if (isOfItsKind(sent, path)
                && Objects.requireNonNull(proofs.get(provider)).holds(sent)) {
            checks.checked(provider, Outcome.ACCEPTED);
            chain.doFilter(new ReadRequest(request, body, sent.query()), response);
        } else if (modes.get(provider) == WebhookMode.LOG) {
            checks.checked(provider, Outcome.TOLERATED);
            chain.doFilter(new ReadRequest(request, body, request.getQueryString()), response);
        } else {
            checks.checked(provider, Outcome.REFUSED);
            JsonAnswer.error(
                    response, HttpServletResponse.SC_FORBIDDEN, "the webhook does not prove where it comes from");
        }
    }

    /** As it came, or if that is none, as the server reads it. */
    private static @Nullable WebhookPath pathOf(HttpServletRequest request) {
        return WebhookPath.find(request.getRequestURI())
                .or(() -> WebhookPath.find(
                        request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "")))
                .orElse(null);
    }

    private static SentWebhook sent(HttpServletRequest request, byte[] body) {
        var original = request.getHeader(ORIGINAL);
        var isTold = original != null && original.startsWith("/");
        var target = isTold ? Objects.requireNonNull(original) : request.getRequestURI();
        var mark = isTold ? target.indexOf('?') : -1;
        var query = mark >= 0 ? target.substring(mark + 1) : isTold ? null : request.getQueryString();
        return new SentWebhook(
                request.getMethod().equals("POST"),
                mark >= 0 ? target.substring(0, mark) : target,
                query,
                body,
                from(request),
                request::getHeader);
    }

    /** One that a provider sent to a path of ours counts there, and nowhere else. */
    private static boolean isOfItsKind(SentWebhook sent, WebhookPath path) {
        return WebhookPath.find(sent.path()).map(path::equals).orElse(true);
    }

    /** The last word of the proxy beside us; whoever connects from outside speaks for itself alone. */
    private static String from(HttpServletRequest request) {
        var peer = request.getRemoteAddr();
        var all = Collections.list(request.getHeaders("X-Forwarded-For")); // a proxy may add a line of its own
        if (all.isEmpty() || !Nearby.isPrivate(peer)) return unbracketed(peer);
        var told = all.getLast();
        return unbracketed(told.substring(told.lastIndexOf(',') + 1).strip());
    }

    private static String unbracketed(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
