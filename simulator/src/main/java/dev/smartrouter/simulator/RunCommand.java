package dev.smartrouter.simulator;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code make run}: a whole small town, with callers, until somebody stops it. */
@Command(name = "run", description = "Starts it all: Redis, a cluster, agents, routers, callers; until Ctrl-C.")
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--http",
            defaultValue = "${env:HTTP_PORT:-8080}",
            description = "the routers' port, as the Service has it")
    private int http;

    @Option(
            names = "--metrics",
            defaultValue = "${env:METRICS_PORT:-9090}",
            description = "the routers' metrics, likewise")
    private int metrics;

    @Option(names = "--gateway", defaultValue = "8000", description = "where callers' audio goes")
    private int gateway;

    @Option(names = "--desk", defaultValue = "8099", description = "where 'break' is told what to do")
    private int desk;

    @Option(names = "--seed", defaultValue = "1", description = "what chance decides follows from it")
    private long seed;

    @Override
    public Integer call() throws InterruptedException {
        var day = Day.begin(new Ports(http, metrics, gateway, desk), seed);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            System.out.println(day.soFar());
                            day.close();
                            stopped.countDown();
                        },
                        "stop"));
        System.out.println(day.welcome());
        stopped.await();
        return 0;
    }

    /** @param desk where the running world can be broken; each 0 if any free one will do */
    record Ports(int http, int metrics, int gateway, int desk) {
        static final Ports FREE = new Ports(0, 0, 0, 0);
    }
}
