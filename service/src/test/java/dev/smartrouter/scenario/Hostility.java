package dev.smartrouter.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.zip.GZIPOutputStream;

/** Makes requests that nobody should send: to real paths, of pieces that are wrong, or right in the wrong place. */
final class Hostility {
    /** In every value that is markup; no markup of ours may hold it. */
    static final String MARK = "h0stile";

    private static final Charset RAW = StandardCharsets.ISO_8859_1;
    private static final List<String> METHODS = List.of(
            "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH", "BREW", "get", "G\0T", "", "GET GET");
    private static final List<String> VERSIONS =
            List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1\0", "http/1.1", "", "HTTP/");
    private static final List<String> FIELDS = List.of(
            "call_sid",
            "CallSid",
            "CallUUID",
            "merchant_id",
            "reseller_id",
            "pod_name",
            "CallStatus",
            "Status",
            "Event",
            "StreamEvent",
            "flow",
            "template",
            "provider",
            "reason",
            "repair",
            "timeout",
            "",
            "\0",
            "é");
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "CA-live",
            "voice-agent-0",
            "voice-agent-2",
            "acme",
            "twilio",
            "completed",
            "in-progress",
            "StartStream",
            "true",
            "17",
            "-1",
            "1e999",
            "null",
            "..",
            "metadata",
            "<" + MARK + ">",
            "\"/><" + MARK + "/>",
            "]]><!--" + MARK,
            "&" + MARK + ";",
            "' or 1=1 --" + MARK,
            "*",
            "{pod}",
            "a:b",
            "a\r\nX-Injected: " + MARK,
            "\0",
            "\u001b[31m",
            "\u2028",
            "\ufffe",
            "\ud83d\ude00",
            "é",
            "x".repeat(129),
            "x".repeat(5_000));
    private static final List<String> SPLINTERS = List.of(
            "%",
            "%zz",
            "%00",
            "%2f",
            "%2e%2e",
            "%C3%28",
            "%F0%9F%98%80",
            "//",
            "/../",
            "/./",
            ";a=b",
            "\\",
            "\0",
            "\u00e9",
            "#",
            "?",
            "&",
            "=",
            "*",
            " ",
            "\t",
            "+",
            "{",
            "<" + MARK + ">");
    private static final List<String> HEADERS = List.of(
            "Accept: nonsense;;;q=",
            "Accept: application/x-nothing",
            "Accept-Encoding: gzip",
            "Authorization: \u0001",
            "Content-Encoding: gzip",
            "Content-Encoding: nonsense",
            "Cookie: =;=;",
            "Expect: 100-continue",
            "Expect: nonsense",
            "Forwarded: for=\"" + MARK,
            "If-Match: nonsense",
            "Range: bytes=5-1",
            "Upgrade: h2c",
            "X-Forwarded-For: \u00e9",
            "X-Request-Id: \"}{" + MARK,
            "X-HTTP-Method-Override: DELETE",
            "X-Folded: a\r\n b",
            "No colon",
            ": no name",
            "Host: another",
            "X\0: y",
            "X: \0");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/x-www-form-urlencoded",
            "application/json; charset=nonsense",
            "application/json; charset=utf-16",
            "multipart/form-data",
            "text/xml",
            "nonsense",
            ";;;",
            "");

    private final Random random;

    Hostility(long seed) {
        random = new Random(seed);
    }

    /**
     * The bytes of a request.
     *
     * @param method the one that the path knows
     * @param path of the API's document, with names in braces where something is to be put
     */
    byte[] request(String method, String path) {
        var target = target(path);
        var body = body();
        var request = new ByteArrayOutputStream();
        write(
                request,
                (chance(90) ? method : any(METHODS)) + " " + target + " " + (chance(97) ? "HTTP/1.1" : any(VERSIONS)));
        write(request, "\r\n" + (chance(98) ? "Host: router\r\n" : ""));
        if (chance(80)) write(request, "Connection: close\r\n");
        write(request, "Content-Type: " + any(TYPES) + "\r\n");
        for (var i = random.nextInt(4); i > 1; i--) write(request, any(HEADERS) + "\r\n");
        if (chance(1)) write(request, "X-Long: " + "x".repeat(random.nextInt(20_000)) + "\r\n");
        if (chance(1)) write(request, "X-Many: y\r\n".repeat(random.nextInt(1_000)));
        frame(request, body);
        return request.toByteArray();
    }

    /** Says how long the body is, truly for the most part, and sends it. */
    private void frame(ByteArrayOutputStream request, byte[] body) {
        switch (random.nextInt(12)) {
            case 0 -> write(request, "Content-Length: " + random.nextInt(2 * body.length + 1) + "\r\n\r\n");
            case 1 ->
                write(
                        request,
                        "Content-Length: " + any(List.of("-5", "nonsense", "99999999999999999999", "")) + "\r\n\r\n");
            case 2 -> write(request, "Content-Length: 1\r\nContent-Length: " + body.length + "\r\n\r\n");
            case 3, 4 -> {
                var cut = random.nextInt(body.length + 1);
                write(request, "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(cut) + "\r\n");
                request.write(body, 0, cut);
                write(
                        request,
                        any(List.of("\r\n0\r\n\r\n", "\r\n0\r\nX-Trailer: y\r\n\r\n", "\r\nzz\r\n", "", "\r\n-1\r\n")));
                return;
            }
            case 5 -> write(request, any(List.of("\r\n", "Transfer-Encoding: nonsense\r\n\r\n", "\n", "")));
            default -> write(request, "Content-Length: " + body.length + "\r\n\r\n");
        }
        request.writeBytes(body);
    }

    private String target(String path) {
        var filled = path.replaceAll("\\{[^}]*}", Matcher.quoteReplacement(encoded(any(VALUES))));
        if (chance(20)) {
            var at = random.nextInt(filled.length() + 1);
            filled = filled.substring(0, at) + any(SPLINTERS) + filled.substring(at);
        }
        if (chance(1)) filled += "x".repeat(random.nextInt(12_000));
        return chance(50) ? filled + "?" + form() : filled;
    }

    private byte[] body() {
        return switch (random.nextInt(10)) {
            case 0 -> new byte[0];
            case 1 -> bytes(random.nextInt(300));
            case 2 -> ("{\"call_sid\":" + any(List.of("[", "{\"a\":")).repeat(random.nextInt(3_000))).getBytes(RAW);
            case 3 -> zipped(json());
            case 4 -> ("x=" + "y".repeat(random.nextInt(40_000)) + "&" + form()).getBytes(RAW);
            case 5, 6 -> form().getBytes(RAW);
            default -> json().getBytes(chance(90) ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16);
        };
    }

    private String form() {
        var form = new StringBuilder();
        for (var i = random.nextInt(5); i >= 0; i--) {
            form.append(any(FIELDS))
                    .append('=')
                    .append(chance(70) ? encoded(value()) : any(SPLINTERS))
                    .append('&');
        }
        return form.toString().replaceAll("[\r\n ]", "+");
    }

    private String json() {
        var json = new StringBuilder("{");
        for (var i = random.nextInt(5); i >= 0; i--) {
            json.append('"').append(any(FIELDS)).append("\":");
            if (chance(80))
                json.append('"')
                        .append(value().replaceAll("[\"\\\\]", "\\\\$0"))
                        .append('"');
            else json.append(any(List.of("17", "true", "null", "[]", "{}", "1e999", "NaN", "\"\\ud800\"", "'", "")));
            if (i > 0) json.append(',');
        }
        return json.append(chance(90) ? "}" : any(SPLINTERS)).toString();
    }

    /** A good call's name as well, or all would end at the first check. */
    private String value() {
        return chance(30) ? "CA" + random.nextInt(50) : any(VALUES);
    }

    /** Every byte that is no letter, digit or dash, in percent. */
    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (Character.isLetterOrDigit(octet) || octet == '-') encoded.append((char) octet);
            else encoded.append("%%%02X".formatted(octet));
        }
        return encoded.toString();
    }

    private static byte[] zipped(String text) {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String any(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static void write(ByteArrayOutputStream request, String text) {
        request.writeBytes(text.getBytes(RAW));
    }
}
