package dev.smartrouter.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Breaks what {@code run} has started: {@code break hang-pod pod=3 lasts=20s}. */
@Command(name = "break", description = "Does something to what 'run' has started.")
final class BreakCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "WHAT",
            description = "such as kill-pod, drain, roll, kill-leader, flush-redis")
    private String what = "";

    @Parameters(
            index = "1..*",
            paramLabel = "KEY=VALUE",
            description = "such as pod=3 lasts=20s; chance fills the rest")
    private Map<String, String> arguments = new LinkedHashMap<>();

    @Option(names = "--desk", defaultValue = "8099", description = "the port that 'run' was told for this")
    private int desk;

    @Override
    public Integer call() throws InterruptedException {
        var query = arguments.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&", "what=" + encoded(what) + "&", ""));
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + desk + "/break?" + query))
                .POST(BodyPublishers.noBody())
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 202)
                throw new IllegalStateException(answer.body().strip());
            System.out.print(answer.body());
            return 0;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "nothing runs that could be broken (port " + desk + "): `make run` first", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
