package dev.smartrouter.k3s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP byte by byte: what a client that means ill would send, which a library would mend or refuse. */
final class Wire {
    private final int port;

    Wire(int port) {
        this.port = port;
    }

    /** @param text status line, headers and body as they came */
    record Reply(String text) {
        int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }

        /** "" if it has none. */
        String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    Reply get(String target, String... headers) {
        return ask("GET", target, "", headers);
    }

    /** A form, as providers send it. */
    Reply post(String target, String form, String... headers) {
        return ask("POST", target, form, headers);
    }

    Reply ask(String method, String target, String body, String... headers) {
        var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        request.append("Host: voice.example\r\nConnection: close\r\n");
        for (var header : headers) request.append(header).append("\r\n");
        if (!body.isEmpty()) request.append("Content-Type: application/x-www-form-urlencoded\r\n");
        request.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2_000);
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            return new Reply(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first half of a WebSocket's handshake; the answer if it is refused. */
    Reply knock(String target) {
        return get(
                target,
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }
}
