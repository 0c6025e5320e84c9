package dev.smartrouter.dashboard;

import dev.smartrouter.http.BrowserOrigin;
import dev.smartrouter.http.JsonAnswer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a browser sends on behalf of another site's page: an operator who has a router's port forwarded must not
 * drain a pod by visiting one. A browser names the origin of every POST; who names none is no browser.
 */
public final class SameSite implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var origin = ((HttpServletRequest) request).getHeader(BrowserOrigin.HEADER);
        if (origin == null || isHost(origin, request.getServerName())) {
            chain.doFilter(request, response);
        } else {
            JsonAnswer.error(
                    (HttpServletResponse) response, HttpServletResponse.SC_FORBIDDEN, "not from another site's page");
        }
    }

    /** Without the port, which a proxy on the way may not tell. */
    private static boolean isHost(String origin, @Nullable String host) {
        return host != null
                && BrowserOrigin.host(origin).filter(host::equalsIgnoreCase).isPresent();
    }
}
