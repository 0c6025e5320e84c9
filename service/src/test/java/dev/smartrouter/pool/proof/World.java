package dev.smartrouter.pool.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The store, the cluster, three routers and their callers, and the judges of them all. */
final class World implements AutoCloseable {
    static final List<String> PODS = List.of("p0", "p1", "p2", "p3", "p4", "p5");
    static final List<String> POOLS = List.of("pool:gold", "pool:standard", "pool:basic", "merchant:acme");
    private static final List<String> HOMES =
            List.of("pool:gold", "pool:gold", "pool:standard", "pool:basic", "pool:basic", "merchant:acme");

    private static final long REPLAYED_FOR_MS = 10_000;

    final Store store;
    Cluster cluster;
    Oracle oracle;
    List<Router> routers;
    Exemptions exempt;
    /** Those of the exempt calls that nobody has adopted yet. */
    Set<String> strange;
    /** Modes as the tier config has them. */
    Map<String, String> modes;
    /** The merchant's config as the routers have read it, and as the store has it. */
    String knownConfig;

    String config;
    LimitRules limits;
    boolean kubernetes;
    /** Requests whose routers gave up before they heard: token to sid. */
    Map<String, String> unheard;
    /** Calls of which nothing is promised any more: no memory of them outlived a loss. */
    Set<String> lost;
    /** When a living router gave back which call, unless somebody has asked for it again. */
    Map<String, Long> ended;
    /** Scripts that were sent and have not run yet. */
    List<Runnable> inFlight;
    /** A rebuild that is on: pool to cursor and mode. */
    Map<String, String[]> rebuilding;

    long lostAt;
    boolean quarantine;
    String listedFor;
    String scannedFor;
    Store.Dump saved;
    Exemptions savedExempt;
    boolean tampered;
    private List<String> trace;
    private int serial;
    private long operations;

    World(Scripts scripts) {
        store = new Store(scripts);
        reset();
    }

    void reset() {
        store.reset();
        cluster = new Cluster();
        oracle = new Oracle(cluster);
        routers = List.of(new Router("r0"), new Router("r1"), new Router("r2"));
        exempt = Exemptions.none();
        strange = new TreeSet<>();
        modes = new TreeMap<>();
        for (var pool : POOLS) modes.put(pool, pool.equals("pool:basic") ? "shared" : "exclusive");
        knownConfig = "";
        config = "";
        limits = new LimitRules();
        kubernetes = true;
        unheard = new TreeMap<>();
        lost = new TreeSet<>();
        ended = new TreeMap<>();
        inFlight = new ArrayList<>();
        rebuilding = new TreeMap<>();
        lostAt = 0;
        quarantine = false;
        listedFor = "";
        scannedFor = "";
        saved = null;
        savedExempt = null;
        tampered = false;
        trace = new ArrayList<>();
        serial = 0;
    }

    String home(String pod) {
        return HOMES.get(PODS.indexOf(pod));
    }

    int capacity(String pool) {
        return modes.get(pool).equals("shared") ? 2 : 1;
    }

    String fresh(String kind) {
        return kind + ++serial;
    }

    long time() {
        return store.time();
    }

    Snapshot now() {
        return store.now();
    }

    boolean open() {
        return now().has("state:gen");
    }

    /** Scripts run since this world was made. */
    long operations() {
        return operations;
    }

    /** Pool and mode of each configured pool, behind the arguments. */
    Object[] withPools(Object... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        for (var pool : POOLS) {
            all.add(pool);
            all.add(modes.get(pool));
        }
        return all.toArray();
    }

    /** Runs a script and holds what it left against the invariants. */
    Store.Reply run(String script, Object... arguments) {
        operations++;
        var before = now();
        var reply = store.run(script, arguments);
        trace.add("    " + script + " " + List.of(arguments) + " -> " + reply);
        if (reply.failed()) {
            require(tampered, script + " failed: " + reply);
            var changed = before.differences(now());
            require(changed.isEmpty(), script + " failed halfway and left " + changed);
        }
        if (!tampered) require(Invariants.broken(before, now(), exempt, time()));
        return reply;
    }

    /** After an audit nothing is excused, but a call of the original's that no scan has found yet. */
    void healed() {
        exempt.clear();
        if (!open()) excuseStrangeCalls();
        require(Invariants.broken(now(), now(), exempt, time()));
    }

    void excuseStrangeCalls() {
        for (var sid : now().names("call:")) {
            if (!now().map("call:" + sid).containsKey("pod_inc")
                    && exempt.calls().add(sid)) strange.add(sid);
        }
    }

    /** Time passes, and with it what had a TTL. */
    void passed(long ms) {
        var before = now();
        if (!open() && ms > REPLAYED_FOR_MS) ended.clear(); // no router replays what is so long ago
        store.pass(ms);
        excuseExpired(before);
    }

    void excuseExpired(Snapshot before) {
        for (var sid : before.names("call:")) {
            if (now().has("call:" + sid)) continue;
            exempt.calls().add(sid);
            forgo(sid);
        }
    }

    /** Nothing is promised of the call any more. */
    void forgo(String sid) {
        oracle.forget(sid);
        lost.add(sid);
    }

    /** Asks of the world outside, after each operation is complete. */
    void judge() {
        oracle.hearDeadlines(now());
        if (!open()) return;
        require(oracle.broken(now(), exempt, time()));
        var deadlines = now().map("calls:by_expiry");
        ended.forEach((sid, at) -> {
            var since = now().call(sid).getOrDefault("allocated_at", "");
            if (Double.parseDouble(deadlines.getOrDefault(sid, "0")) <= time()) return; // the next sweep ends it
            require(!since.matches("\\d+") || Long.parseLong(since) > at, "O4: " + sid + " was released, and is held");
        });
    }

    void require(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }

    void require(List<String> broken) {
        if (!broken.isEmpty()) throw new AssertionError(String.join("\n", broken));
    }

    void tell(String what) {
        trace.add(what);
    }

    String story() {
        return String.join("\n", trace);
    }

    @Override
    public void close() {
        store.close();
    }
}
