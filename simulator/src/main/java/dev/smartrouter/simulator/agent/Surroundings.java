package dev.smartrouter.simulator.agent;

/** What the agents of one fleet share. */
record Surroundings(
        FleetSettings settings,
        AgentWatch watch,
        RouterClient router,
        Timers timers,
        Releases releases,
        Expected expected,
        Metronome metronome)
        implements AutoCloseable {

    @Override
    public void close() {
        metronome.close();
        timers.close();
        router.close();
    }
}
