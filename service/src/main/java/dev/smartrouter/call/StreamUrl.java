package dev.smartrouter.call;

import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The URL that a call streams to: a template with a value for each token. Values are percent-encoded as one segment of
 * a path (RFC 3986), and there is never a query: Twilio refuses one (errors 31920, 31922) and the agent appends its
 * own.
 */
public final class StreamUrl {
    /** What serves unless an operator says otherwise (operations document 000, section 9.20). */
    public static final String DEFAULT_TEMPLATE = "{base}/ws/pod/{pod}/{call_sid}";

    private static final String POD = "{pod}";
    private static final String PASS = StreamPasses.PLACE;
    private static final int SHOWN = 200;
    private static final Pattern TOKEN = Pattern.compile("\\{([^{}]*)}");
    private static final Set<String> KNOWN = new TreeSet<>(
            Set.of("{base}", POD, "{call_sid}", "{provider}", "{flow}", "{template}", "{merchant_id}", PASS));

    private final List<String> parts;
    private final StreamPasses passes;

    /** As below, and without passes. */
    public StreamUrl(String base, String template) {
        this(base, template, StreamPasses.none());
    }

    /**
     * @param base {@code VOICE_AGENT_BASE_URL}: where the voice agents are reached from outside
     * @param template {@code WS_URL_TEMPLATE}: how a URL is made of it
     * @param passes what is put into a URL at {@code {mac}} when it is told to a provider
     * @throws IllegalArgumentException if no URL of these would be right; its message names the setting, its value and
     *     what would be right, on one line
     */
    public StreamUrl(String base, String template, StreamPasses passes) {
        requireBase(base);
        requireTemplate(template);
        this.parts = partsOf(template.replace("{base}", base.replaceAll("/+$", "")));
        this.passes = passes;
        requireUrl(template, of("a", "a", "a", Origin.UNKNOWN).replace(PASS, "a"));
    }

    /** The URL of the call on the pod that it will get: {@code {pod}} stands for that pod's name. */
    public String onAnyPod(CallRequest request) {
        var merchant = request.merchant().map(Object::toString).orElse("");
        return of(POD, request.call().value(), merchant, request.origin());
    }

    /** The URL of a call that has its pod: the stored one, or if the original left none, the one it should have. */
    public String of(Allocation allocation) {
        if (!allocation.wsUrl().isEmpty()) return allocation.wsUrl();
        return of(allocation.pod().value(), allocation.call().value(), allocation.merchant(), allocation.origin());
    }

    /** The URL to tell the call's provider: with a pass, if there are passes. */
    String forProvider(Allocation allocation) {
        return passes.onto(of(allocation), allocation);
    }

    /** Whether the template has a place for a pass. */
    public static boolean hasPass(String template) {
        return template.contains(PASS);
    }

    private String of(String pod, String call, String merchant, Origin origin) {
        var url = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case POD -> url.append(pod.equals(POD) ? POD : PathSegment.encode(pod));
                case "{call_sid}" -> url.append(PathSegment.encode(call));
                case "{provider}" -> url.append(PathSegment.encode(origin.provider()));
                case "{flow}" -> url.append(PathSegment.encode(origin.flow()));
                case "{template}" -> url.append(PathSegment.encode(origin.template()));
                case "{merchant_id}" -> url.append(PathSegment.encode(merchant));
                default -> url.append(part); // what is between tokens, and a pass's place
            }
        }
        return url.toString();
    }

    /** Tokens, and what is between them. */
    private static List<String> partsOf(String template) {
        var parts = new ArrayList<String>();
        var from = 0;
        for (var token = TOKEN.matcher(template); token.find(); from = token.end()) {
            parts.add(template.substring(from, token.start()));
            parts.add(token.group());
        }
        parts.add(template.substring(from));
        return List.copyOf(parts);
    }

    private static void requireBase(String base) {
        try {
            var url = new URI(base);
            var known = "ws".equalsIgnoreCase(url.getScheme()) || "wss".equalsIgnoreCase(url.getScheme());
            if (known && url.getHost() != null && url.getRawQuery() == null && url.getRawFragment() == null) return;
        } catch (URISyntaxException e) {
            // refused below, in our own words
        }
        throw new IllegalArgumentException(
                "VOICE_AGENT_BASE_URL must be ws:// or wss://, a host and no query, such as wss://voice.example.com,"
                        + " not " + shown(base));
    }

    private static void requireTemplate(String template) {
        TOKEN.matcher(template).results().forEach(token -> {
            if (!KNOWN.contains(token.group())) {
                throw refused(
                        template, "may hold the tokens " + String.join(" ", KNOWN) + ", not " + shown(token.group()));
            }
        });
        if (template.contains("?") || template.contains("#")) {
            throw refused(template, "must have no query and no fragment: put values into the path");
        }
        if (!template.contains(POD)) throw refused(template, "must hold {pod}, such as " + DEFAULT_TEMPLATE);
        if (!template.matches("(\\{base}|wss?://).*")) {
            throw refused(template, "must begin with {base}, ws:// or wss://");
        }
    }

    private static void requireUrl(String template, String example) {
        try {
            if (new URI(example).getHost() != null) return;
        } catch (URISyntaxException e) {
            // refused below, in our own words
        }
        throw refused(template, "must make a URL, such as " + DEFAULT_TEMPLATE + " does");
    }

    private static IllegalArgumentException refused(String template, String remedy) {
        return new IllegalArgumentException("WS_URL_TEMPLATE " + remedy + ": " + shown(template));
    }

    /** In quotes, on one line, and not endless. */
    private static String shown(String text) {
        var cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return "'" + cut.replaceAll("\\p{C}", "?") + "'";
    }
}
