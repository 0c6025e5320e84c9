package dev.smartrouter.pool.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A planted fault.
 *
 * @param script the script, or the prelude, that has it
 * @param replace a text of the script
 * @param with what stands there instead
 */
public record Mutant(String name, String script, String replace, String with) {
    Scripts plantedIn(Scripts scripts) {
        return scripts.with(script, replace, with);
    }

    /** Writes the script, with the fault, to where a class path that begins with this directory finds it first. */
    public void writeTo(Path directory) {
        var shipped = "/dev/smartrouter/pool/" + script + ".lua";
        var text = Scripts.read(shipped);
        if (!text.contains(replace)) throw new IllegalStateException(shipped + " has no text '" + replace + "'");
        var file = directory.resolve(shipped.substring(1));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.replace(replace, with));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
