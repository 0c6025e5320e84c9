package dev.smartrouter.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Types what a reader would type. */
final class Shell {
    private Shell() {}

    /** What the command printed. */
    static String run(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
