package dev.smartrouter.simulator.scenario;

/**
 * The replicas of the router.
 *
 * @param apart whether each is a process of its own, which can be killed for good
 */
public record Routers(int count, boolean apart) {
    public Routers {
        if (count < 1 || count > 9) throw new Wrong("count", "must be from 1 to 9 routers, not " + count);
    }
}
