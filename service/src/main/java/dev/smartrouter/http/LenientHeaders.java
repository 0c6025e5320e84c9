package dev.smartrouter.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.Charset;
import java.text.ParseException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.glassfish.jersey.message.internal.HttpHeaderReader;
import org.jspecify.annotations.Nullable;

/**
 * Hides a {@code Content-Type} or {@code Accept} that nobody can read. Jersey or Jetty would answer 400 or even 500 before
 * any resource is asked, and a caller would be dropped for a header that no resource here looks at.
 */
public final class LenientHeaders implements Filter {
    /** What nearly every sender writes, word by word: not worth a parse. */
    private static final Set<String> USUAL = Set.of("application/json", "application/x-www-form-urlencoded", "*/*");

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var hidden = request instanceof HttpServletRequest http ? unreadable(http) : Set.<String>of();
        chain.doFilter(hidden.isEmpty() ? request : new Hiding((HttpServletRequest) request, hidden), response);
    }

    private static Set<String> unreadable(HttpServletRequest request) {
        var names = new HashSet<String>(2);
        // not getContentType(): Jetty's throws at a charset that Java does not know
        if (!isType(request.getHeader(HttpHeaders.CONTENT_TYPE))) names.add(HttpHeaders.CONTENT_TYPE);
        if (!isAccept(request.getHeader(HttpHeaders.ACCEPT))) names.add(HttpHeaders.ACCEPT);
        return names;
    }

    private static boolean isType(@Nullable String text) {
        if (text == null || USUAL.contains(text)) return true;
        try {
            var charset = MediaType.valueOf(text).getParameters().get(MediaType.CHARSET_PARAMETER);
            return charset == null || Charset.isSupported(charset);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isAccept(@Nullable String accept) {
        try {
            return accept == null
                    || USUAL.contains(accept)
                    || !HttpHeaderReader.readAcceptMediaType(accept).isEmpty();
        } catch (ParseException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The request without these headers. */
    private static final class Hiding extends HttpServletRequestWrapper {
        private final Set<String> hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

        Hiding(HttpServletRequest request, Set<String> hidden) {
            super(request);
            this.hidden.addAll(hidden);
        }

        @Override
        public @Nullable String getContentType() {
            return hidden.contains(HttpHeaders.CONTENT_TYPE) ? null : super.getContentType();
        }

        @Override
        public @Nullable String getHeader(String name) {
            return hidden.contains(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return hidden.contains(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            var names = Collections.list(super.getHeaderNames());
            names.removeIf(hidden::contains);
            return Collections.enumeration(names);
        }
    }
}
