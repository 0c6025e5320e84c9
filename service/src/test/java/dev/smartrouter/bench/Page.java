package dev.smartrouter.bench;

import java.time.Duration;

/** The words around the figures. */
final class Page {
    private Page() {}

    static String of(Contest contest, String overload, String starts, String growth, int rounds, Duration turn) {
        var router = contest.routerMicros();
        var redis = contest.redisMicros();
        var cores = 1e6 / router / 2;
        var store = 1e6 / redis / 2;
        return """
                # How fast it is, and what to size by

                Written by `make bench` on %d cores of %s, Java %s, which callers, router and Redis share. Absolute figures are this
                machine's; ratios of turns taken one after the other are what counts. Medians of %d rounds of %d s a turn.

                ## Throughput and latency

                All answers come from one and the same server with the same filters, log and metrics, set as they ship: the log is
                read through a pipe (%.0f bytes a request). A request is an allocation or a release, in turn, on connections that
                stay. *The original's algorithm* is the sequence of commands that its documents name, ten round trips to allocate
                and eight to release, on a pool of 32 connections to the same Redis. *A POST that does nothing* reads and writes as
                much as an allocation. Processor time is a request's share of what the whole process had, compiler and collector
                included.

                %s
                ![requests a second](performance-throughput.svg)
                ![p99](performance-p99.svg)

                %s
                ### Where the time goes

                %s
                A POST that does nothing is most of what the server takes for a request: reading, routing through the filters, writing.
                What comes on top is the hand-over to the link and back, JSON, the record of the call, the log line and the figures; and
                Redis, in which a script makes some sixteen calls so that one transition is one script. What each step costs alone
                is in [cost-of-steps.md](cost-of-steps.md).

                ## Too many calls

                Three times as many calls as can be served, each due whether or not the server keeps up. Redis naps for 15 ms at a
                time, serves what has come, and naps again: so it is the bottleneck, and two cores can offer more than it serves. A
                call that finds the link behind is refused at once; a release is not. The knee is measured in each round anew.

                %s
                ## Growth

                One caller allocates and releases in turn, straight at the pools; a pair is two scripts and two round trips. `x` is
                the ratio to the first row (wanted: at most 1.5). The audit is at work. A full pool of 100,000 has as many live calls.

                %s
                ## Start and memory

                The router as its image starts it, with a heap of 192 MB. What it weighs as the leader of a large fleet is in
                [memory-of-fleet.md](memory-of-fleet.md).

                %s
                ## What to size by

                A call is a webhook and a release: two requests, two scripts.

                - **Router**: %.0f us of processor time a request here, so one core carries at most %,.0f calls a second. Latency grows
                  with 1/(1 - load): plan for half of that, **%,.0f calls a second a core**, so that one replica of three may be gone and
                  a rollout may warm up. Add a replica when the processor time of the replicas passes half of what they may use.
                - **Redis**: %.1f us a request, on one core whatever the machine has: at most %,.0f calls a second, **%,.0f** at half load.
                  Add a cell (a namespace, a prefix and a Redis of its own) when Redis's core is busier than that; more replicas do not
                  help it.
                - **How many calls is that?** By Little's law, live calls = calls a second x how long a call lasts. At half load, one
                  Redis carries %,.0f live calls of 3 minutes; the fleet of agents is the limit long before.
                - **Burst**: n callers at once are all answered after n x %.0f us on this machine. The link holds 512 new calls; more at
                  once in one replica are refused and, as providers retry, come again.
                """.formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        Runtime.version().feature(),
                        rounds,
                        turn.toSeconds(),
                        contest.logged(),
                        contest.table(),
                        contest.ratios(),
                        contest.shares(32),
                        overload,
                        growth,
                        starts,
                        router,
                        cores,
                        cores / 2,
                        redis,
                        store,
                        store / 2,
                        store / 2 * 180,
                        1e6 / contest.mostPerSecond());
    }

    private static String processor() {
        try (var lines = java.nio.file.Files.lines(java.nio.file.Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("this machine");
        } catch (java.io.IOException e) {
            return "this machine";
        }
    }
}
