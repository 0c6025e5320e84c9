package dev.smartrouter.scenario;

import static dev.smartrouter.scenario.ClusterTown.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a whole router weighs that leads a large fleet: a benchmark with a main of its own, run by {@code make bench}. */
public final class MemoryOfFleet {
    private static final int PODS = 10_000;
    private static final List<String> HEAPS = List.of("-Xmx192m", "-Xmx256m");

    private MemoryOfFleet() {}

    /** @param args the Markdown file to write; none prints only */
    public static void main(String[] args) throws IOException {
        var report = new StringBuilder("""
                # What a router weighs with 10,000 pods

                Written by `make bench`: a router in a process of its own, which has watched, listed and registered them all
                and compared them several times over. Memory is what its process has resident (Linux only).

                | heap, at most | pools whole after | resident |
                |---|---|---|
                """);
        for (var heap : HEAPS) report.append(measure(heap));
        System.out.println(report);
        if (args.length > 0) Files.writeString(Path.of(args[0]), report);
    }

    private static String measure(String heap) throws IOException {
        try (var town = ClusterTown.found()) {
            town.tiers("{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}");
            for (int i = 0; i < PODS; i++) town.agents().startAtOnce(VoiceAgents.pod(i));
            var router = town.join(Router.apart(town.settings(), heap));
            var start = System.nanoTime();
            within(Duration.ofMinutes(2), "whole pools")
                    .until(() -> town.keys().scard("voice:pool:gold:available") == PODS);
            var whole = Duration.ofNanos(System.nanoTime() - start);
            within(Duration.ofMinutes(1), "more comparisons")
                    .pollDelay(Duration.ofSeconds(10))
                    .until(router::isReady);
            return "| `%s` | %.1f s after its process began | %,d MB |%n"
                    .formatted(heap, whole.toMillis() / 1e3, router.residentMegabytes());
        }
    }
}
