package dev.smartrouter.auth;

import dev.smartrouter.http.JsonAnswer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Turns away, before anything is read of their request, callers whom the rule of the path does not let in. */
public final class ApiAuth implements Filter {
    private final Rules rules;
    private final Doorkeeper doorkeeper;
    private final Refusals refusals;

    public ApiAuth(Rules rules, Doorkeeper doorkeeper, Refusals refusals) {
        this.rules = rules;
        this.doorkeeper = doorkeeper;
        this.refusals = refusals;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (doorkeeper.isOff()) {
            chain.doFilter(request, response);
            return;
        }
        var asked = (HttpServletRequest) request;
        var objection = doorkeeper.objection(rules.of(asked.getMethod(), path(asked)), asked);
        if (objection.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        refusals.refused(objection.get());
        refuse((HttpServletResponse) response, objection.get());
    }

    /** As the server reads it: decoded, without parameters, without dots. */
    private static String path(HttpServletRequest request) {
        var servlet = request.getServletPath();
        var rest = request.getPathInfo();
        if (rest == null) return servlet;
        return servlet.isEmpty() ? rest : servlet + rest;
    }

    private static void refuse(HttpServletResponse response, Refusals.Reason reason) throws IOException {
        switch (reason) {
            case ROLE ->
                JsonAnswer.error(response, HttpServletResponse.SC_FORBIDDEN, "the API key's role may not do this");
            case WRONG_KEY -> unauthorized(response, "the API key is wrong");
            case NO_KEY, OUTSIDE -> unauthorized(response, "an API key is required");
        }
    }

    private static void unauthorized(HttpServletResponse response, String error) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        JsonAnswer.error(response, HttpServletResponse.SC_UNAUTHORIZED, error);
    }
}
