package dev.smartrouter.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One transition, as Lua. The resource names in a {@code -- uses:} line the preludes that go in front of it.
 *
 * @param sha the name by which Redis knows the script once it has it
 */
record Script(String name, String source, String sha) {
    private static final Pattern USES = Pattern.compile("(?m)^-- uses:(.*)$");

    /** @throws IllegalArgumentException if there is no such resource */
    static Script load(String name) {
        var body = resource(name);
        var uses = USES.matcher(body);
        var source = new StringBuilder();
        if (uses.find()) {
            for (var prelude : uses.group(1).trim().split(" ")) source.append(resource(prelude));
        }
        return of(name, source.append(body).toString());
    }

    static Script of(String name, String source) {
        return new Script(name, source, sha1(source));
    }

    private static String resource(String name) {
        try (var in = Script.class.getResourceAsStream(name + ".lua")) {
            if (in == null) throw new IllegalArgumentException("no script " + name + ".lua beside " + Script.class);
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name + ".lua", e);
        }
    }

    private static String sha1(String source) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
