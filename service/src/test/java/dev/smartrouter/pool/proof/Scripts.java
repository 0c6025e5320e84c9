package dev.smartrouter.pool.proof;

import dev.smartrouter.pool.ShippedScripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of the transitions, as they are sent: the preludes that a script uses, then the script. In front of each
 * stands a stage that stops the clock, lets a test name the Redis process, and draws lots the same way each time, so
 * that a counterexample stays one when it is run again.
 */
record Scripts(Map<String, String> texts) {
    static Scripts shipped() {
        var texts = new LinkedHashMap<String, String>();
        for (var name : ShippedScripts.names()) texts.put(name, ShippedScripts.source(name));
        // A rebuild in slices of one, so that other transitions come in between.
        return new Scripts(texts)
                .with("retype", "SLICE = 100", "SLICE = 1")
                .with("allocate", "120000, 100, 16", "120000, " + LimitRules.MOST_ON_PROBATION + ", 16");
    }

    /**
     * These scripts with a text replaced wherever a script named so (or that uses a prelude named so) has it.
     *
     * @throws IllegalArgumentException if no script has the text
     */
    Scripts with(String name, String replace, String with) {
        var changed = new LinkedHashMap<>(texts);
        texts.forEach((script, text) -> {
            if (script.equals(name) || usesOf(body(script)).contains(name)) {
                changed.put(script, text.replace(replace, with));
            }
        });
        if (changed.equals(texts)) throw new IllegalArgumentException(name + ".lua has no text '" + replace + "'");
        return new Scripts(changed);
    }

    String text(String name) {
        return stage() + texts.get(name);
    }

    private static List<String> usesOf(String body) {
        return body.lines()
                .filter(line -> line.startsWith("-- uses: "))
                .flatMap(line -> List.of(line.substring(9).trim().split(" +")).stream())
                .toList();
    }

    private static String body(String name) {
        return read("/dev/smartrouter/pool/" + name + ".lua");
    }

    private static String stage() {
        return read("/dev/smartrouter/pool/proof/stage.lua");
    }

    static String read(String path) {
        try (var in = Scripts.class.getResourceAsStream(path)) {
            if (in == null) throw new IllegalArgumentException("no resource " + path);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
