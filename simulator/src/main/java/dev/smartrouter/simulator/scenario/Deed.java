package dev.smartrouter.simulator.scenario;

import java.time.Duration;

/**
 * Something that is done to the running system. Whom it hits is decided by a seed when the schedule is made: a pod or a
 * router is named by its number.
 */
public sealed interface Deed {
    /** The pod is gone at once, without grace; the StatefulSet starts it again. */
    record KillPod(int pod) implements Deed {}

    /** The container dies and is started again within the same pod. */
    record CrashPod(int pod) implements Deed {}

    /** The agent answers nobody for a while, and its sockets stay open. */
    record HangPod(int pod, Duration lasts) implements Deed {}

    /** The readiness probe fails for a while; calls go on. */
    record UnreadyPod(int pod, Duration lasts) implements Deed {}

    /** By the router's API. */
    record DrainPod(int pod) implements Deed {}

    /** By the router's API. */
    record UndrainPod(int pod) implements Deed {}

    record ScaleAgents(int replicas) implements Deed {}

    /** Each pod in turn, from the highest ordinal, ends gracefully and comes again. */
    record RollAgents() implements Deed {}

    /** Each router in turn, the new one ready before the old one goes. */
    record RollRouters() implements Deed {}

    /** kill -9 where it is a process of its own; started again at once. */
    record KillRouter(int router) implements Deed {}

    /** The router that leads, killed and started again. */
    record KillLeader() implements Deed {}

    /** It stands still, and then goes on as if nothing had happened. */
    record PauseRouter(int router, Duration lasts) implements Deed {}

    /** Nobody reaches the Kubernetes API. */
    record CutKubernetes(Duration lasts) implements Deed {}

    record FlushRedis() implements Deed {}

    /** Redis restarts empty. */
    record RestartRedis() implements Deed {}

    /** Connections stay open and nobody answers. */
    record FreezeRedis(Duration lasts) implements Deed {}

    /** Every exchange takes longer by this. */
    record SlowRedis(Duration by, Duration lasts) implements Deed {}

    /** Every connection to Redis breaks, once. */
    record CutRedis() implements Deed {}

    /** What Redis does is done, and its replies do not arrive. */
    record DropReplies(Duration lasts) implements Deed {}

    /** Agents give nothing back by themselves; the provider's status callback must do. */
    record AgentsForget(Duration lasts) implements Deed {}

    /** The tier config as an operator would write it into the store. */
    record SetTiers(String json) implements Deed {}
}
