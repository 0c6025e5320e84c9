package dev.smartrouter.scenario;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What came back on a connection of its own, byte by byte: each byte is a character.
 *
 * @param all everything, answers to what we did not mean as a request included
 * @param status of the first answer; 0 if we were hung up on
 * @param type its content type, "" without one
 * @param body its own, without what frames it
 */
record RawAnswer(String all, int status, String type, String body) {
    private static final Pattern HEAD = Pattern.compile("HTTP/1\\.1 (\\d{3}).*?\r\n\r\n", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("(?i)\r\ncontent-type: *([^\r]*)\r\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final Pattern CHUNKED = Pattern.compile("(?i)\r\ntransfer-encoding: *chunked\r\n");

    /** Sends it and reads until the other side has no more to say. */
    static RawAnswer to(URI router, byte[] request) {
        try (var socket = new Socket("localhost", router.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            var all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            var head = new String(request, 0, Math.min(5, request.length), StandardCharsets.ISO_8859_1);
            return of(all, !head.equals("HEAD "));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer in ten seconds", e);
        } catch (IOException e) {
            return of("", false); // hung up on
        }
    }

    /** To a HEAD there is no body, whatever the head says of one: what follows is the next answer. */
    private static RawAnswer of(String all, boolean hasBody) {
        var head = HEAD.matcher(all);
        while (head.lookingAt()) {
            var status = Integer.parseInt(head.group(1));
            if (status >= 200) {
                var type = TYPE.matcher(head.group());
                var body = hasBody ? body(head.group(), all.substring(head.end())) : "";
                return new RawAnswer(all, status, type.find() ? type.group(1) : "", body);
            }
            head.region(head.end(), all.length()); // 100 Continue
        }
        return new RawAnswer(all, 0, "", "");
    }

    private static String body(String head, String rest) {
        var length = LENGTH.matcher(head);
        if (length.find()) return rest.substring(0, Math.min(rest.length(), Integer.parseInt(length.group(1))));
        return CHUNKED.matcher(head).find() ? dechunked(rest) : rest;
    }

    private static String dechunked(String rest) {
        var body = new StringBuilder();
        for (var at = 0; at < rest.length(); ) {
            var line = rest.indexOf("\r\n", at);
            var size = Integer.parseInt(rest.substring(at, line), 16);
            if (size == 0) break;
            body.append(rest, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
        return body.toString();
    }
}
