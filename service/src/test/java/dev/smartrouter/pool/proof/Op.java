package dev.smartrouter.pool.proof;

/** One thing that happens. Where it makes no sense it does nothing, so that any list of them can be run. */
interface Op {
    void on(World world);
}
