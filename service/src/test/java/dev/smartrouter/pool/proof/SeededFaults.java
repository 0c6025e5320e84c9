package dev.smartrouter.pool.proof;

import java.util.List;

/**
 * The faults of the router before this one, each put into a script of ours as faithfully as a machine without them
 * allows. {@link SeededFaultsProperties} has a test for each, in which the proof of the state machine finds it; those that
 * clients can see are also found by {@code FaultyRoutersIT} in what clients saw.
 */
public final class SeededFaults {
    /** Two requests of one call, a moment apart, both find that it has no pod yet. */
    public static final Mutant DUPLICATE_RACE = new Mutant(
            "duplicate race",
            "allocate",
            "if record.pod_name then",
            "if record.pod_name and NOW - (tonumber(record.allocated_at) or 0) > 50 then");

    /** A call's second release puts its pod back once more, whoever has it by then. */
    public static final Mutant DOUBLE_RELEASE = new Mutant("double release", "release", """
            if not name then
              unlist(sid)
              call('DEL', call_key(sid)) -- no record: the original's lock, or an operator's
              bury(sid, at)
              return { 'NOT_FOUND' }
            end
            """, """
            if name then
              call('SET', ended_key(sid .. '.pod'), name, 'PX', TOMBSTONE_MS)
            else
              local pod = load(try('GET', ended_key(sid .. '.pod')) or '')
              if pod then
                call('DEL', calls_key(pod.name))
                pod.n = 0
                place(pod)
              end
              bury(sid, at)
              return { 'NOT_FOUND' }
            end
            """);

    /** A pod is taken out of its pool in one exchange and written down as the call's in the next. */
    public static final Mutant CLAIM_BEFORE_RECORD = new Mutant("claim before record", "allocate", """
            return { 'NEW', new, ms(pod.inc_no) }
            end
            """, """
            return { 'NEW', new, ms(pod.inc_no) }
            end

            local claim = ended_key(sid .. '.claim')
            local claimed = load(try('GET', claim) or '')
            if claimed then
              call('DEL', claim)
              return take(claimed, claimed.pool)
            end
            local write_down = take
            take = function(pod, pool)
              if merchant == '' then return write_down(pod, pool) end -- without one, no router asks twice
              unindex(pod.name, pool)
              call('SET', claim, pod.name, 'PX', 1000)
              return { 'CONFIG', ARGV[5] }
            end
            """);

    /** Whoever looks for dead calls believes the lease, which runs out under a long call. */
    public static final Mutant LEASE_BASED_SWEEP = new Mutant(
            "lease-based zombie sweep",
            "audit",
            "    check_calls(pod)\n",
            "    if call('EXISTS', lease_key(pod.name)) == 0 then forget_all(pod.name) end\n    check_calls(pod)\n");

    /** A shared pod comes back from a drain as if it had no calls. */
    public static final Mutant SCORE_LOST_ON_DRAIN = new Mutant(
            "score lost on drain",
            "undrain",
            "place(pod)\nreturn",
            "place(pod)\nif pod.shared then try('ZADD', available_key(pod.pool), 'XX', 0, pod.name) end\nreturn");

    /** A leader that was paused goes on writing after the next has begun. */
    public static final Mutant UNFENCED_LEADER =
            new Mutant("unfenced leader", "fence", "return epoch < stored", "return false");

    /** A frozen store runs, when it thaws, what nobody waits for any more. */
    public static final Mutant LATE_RETRY = new Mutant(
            "retry that runs after the caller gave up",
            "allocate",
            "local late = NOW > tonumber(ARGV[9])",
            "local late = false");

    static final List<Mutant> ALL = List.of(
            DUPLICATE_RACE,
            DOUBLE_RELEASE,
            CLAIM_BEFORE_RECORD,
            LEASE_BASED_SWEEP,
            SCORE_LOST_ON_DRAIN,
            UNFENCED_LEADER,
            LATE_RETRY);

    private SeededFaults() {}
}
