package dev.smartrouter.dashboard;

import com.google.common.hash.Hashing;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The page itself and what it is made of, out of the jar. There is nothing secret in it, so that somebody without a key
 * is shown where to type one.
 */
final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Nothing from elsewhere, nothing inline, no text that becomes markup, and nobody frames it. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final String PAGE = "page.html";
    private static final List<String> FILES = List.of(
            PAGE,
            "page.css",
            "page.js",
            "calls.js",
            "link.js",
            "plots.js",
            "pods.js",
            "story.js",
            "words.js",
            "icon.svg",
            "uplot/uPlot.iife.min.js",
            "uplot/uPlot.min.css");

    private final transient Map<String, Asset> assets = new HashMap<>();

    PageServlet() {
        for (var file : FILES) assets.put("/" + file, Asset.of(file));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getPathInfo();
        if ("/".equals(path)) { // the page's links are relative, so that it also works below another path
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", "../dashboard");
            return;
        }
        var asset = path == null ? assets.get("/" + PAGE) : assets.get(path);
        if (asset == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        secure(response);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", asset.tag);
        if (asset.tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(asset.type);
        response.setContentLength(asset.bytes.length);
        response.getOutputStream().write(asset.bytes);
    }

    static void secure(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    private record Asset(byte[] bytes, String type, String tag) {
        static Asset of(String file) {
            var bytes = read(file);
            return new Asset(
                    bytes,
                    typeOf(file),
                    '"' + Hashing.sha256().hashBytes(bytes).toString().substring(0, 16) + '"');
        }

        private static String typeOf(String file) {
            return switch (file.substring(file.lastIndexOf('.') + 1)) {
                case "html" -> "text/html;charset=utf-8";
                case "css" -> "text/css;charset=utf-8";
                case "js" -> "text/javascript;charset=utf-8";
                default -> "image/svg+xml";
            };
        }

        private static byte[] read(String file) {
            try (var stream = PageServlet.class.getResourceAsStream(file)) {
                if (stream == null) throw new IllegalStateException("the build forgot " + file);
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
