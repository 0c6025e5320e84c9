package dev.smartrouter.pool.proof;

import java.util.List;

/** Faults that somebody could make tomorrow. The machine must find each of them. */
final class ScriptMutants {
    static final List<Mutant> ALL = List.of(
            new Mutant(
                    "a fence forgets",
                    "fence",
                    "if epoch > stored then call('SET', P .. 'leader:epoch', ms(epoch)) end",
                    "call('SET', P .. 'leader:epoch', ms(epoch))"),
            new Mutant(
                    "a release puts the pod into the pool that the record names",
                    "release",
                    "place(pod)\nlocal",
                    "if source then pod.pool = source end\nplace(pod)\nlocal"),
            new Mutant(
                    "a pod without a lease is free",
                    "prelude",
                    "(pod.shared or pod.n == 0)",
                    "(pod.shared or call('EXISTS', lease_key(pod.name)) == 0)"),
            new Mutant(
                    "a pod that is not ready loses its calls",
                    "register",
                    "elseif pod.inc ~= inc then",
                    "elseif pod.inc ~= inc or ARGV[8] == '0' then"),
            new Mutant(
                    "a report of an earlier life counts",
                    "register",
                    "elseif pod.inc_no > inc_no or pod.inc_no == inc_no and pod.inc ~= inc and ARGV[12] ~= '1' then",
                    "elseif false then"),
            new Mutant("a new life keeps the calls of the old", "register", "ended = forget_all(name)", "ended = 0"),
            new Mutant(
                    "the quarantine is not stored",
                    "register",
                    "if ARGV[11] ~= '' then call('HSET', pod_key(name), 'hold', ARGV[11]) end",
                    ""),
            new Mutant(
                    "a shared pod keeps its first score",
                    "prelude",
                    "try('ZADD', key, pod.n, pod.name)",
                    "try('ZADD', key, 'NX', pod.n, pod.name)"),
            new Mutant(
                    "a drain leaves the index alone",
                    "drain",
                    "pod.draining = true\nplace(pod)",
                    "pod.draining = true"),
            new Mutant(
                    "an undrain leaves the quarantine",
                    "undrain",
                    "call('HSET', pod_key(pod.name), 'hold', 0)\npod.draining, pod.hold = false, 0",
                    "pod.draining = false"),
            new Mutant("a call that has a pod gets another", "allocate", "if record.pod_name then", "if false then"),
            new Mutant("a closed gate lets calls in", "allocate", "if not gate then return { 'RECOVERING' } end", ""),
            new Mutant("a merchant's config may have changed", "allocate", "if text ~= ARGV[5] then", "if false then"),
            new Mutant(
                    "a retry of an ended call may stay for hours",
                    "allocate",
                    "deadline = math.min(deadline, PROBATION_MS)",
                    "deadline = deadline + 0"),
            new Mutant(
                    "a second answer leaves the first asker its token",
                    "allocate",
                    "if record.token and record.token ~= token and not late then call('HDEL', key, 'token') end",
                    ""),
            new Mutant("a confirmed call can be abandoned", "confirm", "call('HDEL', key, 'token')", ""),
            new Mutant(
                    "anybody's token abandons a call",
                    "release",
                    "token ~= held or call('EXISTS', KEYS[1]) == 0",
                    "false"),
            new Mutant(
                    "a call can be abandoned while the gate is closed",
                    "release",
                    " or call('EXISTS', KEYS[1]) == 0",
                    ""),
            new Mutant("a replayed release ends whoever has the sid now", "release", "tonumber(ARGV[5])", "nil"),
            new Mutant(
                    "a sweep spares calls with a lease",
                    "sweep",
                    "if name then\n",
                    "if name and call('EXISTS', lease_key(name)) == 1 then\n  elseif name then\n"),
            new Mutant(
                    "a pod is removed whatever life is meant",
                    "remove",
                    "if pod.inc_no > tonumber(ARGV[5]) then return { 'STALE' } end",
                    ""),
            new Mutant("a removed pod stays in its pool", "remove", "unindex(name, pool[1])", ""),
            new Mutant(
                    "a removed pod stays where a hand put it",
                    "remove",
                    "ipairs(pools) do\n  un",
                    "ipairs({ { pod.pool } }) do\n  un"),
            new Mutant(
                    "a busy pod moves",
                    "move",
                    "if pod.n > 0 and not force or pod.n > 1 and not shared then return { 'BUSY' } end",
                    ""),
            new Mutant(
                    "a pod with two calls becomes exclusive",
                    "retype",
                    "if type(n) == 'number' and n > 1 then return { 'BUSY' } end",
                    ""),
            new Mutant("a retyped pool keeps its old index", "retype", "call('UNLINK', available_key(pool))", ""),
            new Mutant(
                    "a replay brings back what has ended",
                    "restore",
                    "if ended and ended >= tonumber(record.allocated_at) then return { 'ENDED' } end",
                    ""),
            new Mutant(
                    "a busy pod gets no call back",
                    "restore",
                    "local deadline = math.min",
                    "if pod.n > 0 and not pod.shared then return { 'STALE' } end\nlocal deadline = math.min"),
            new Mutant(
                    "an earlier call of the sid stands in the way of the live one",
                    "restore",
                    "(tonumber(since) or 0) >= tonumber(record.allocated_at)",
                    "true"),
            new Mutant(
                    "a call brought back has its old deadline",
                    "restore",
                    "math.min(tonumber(ARGV[10]), NOW + RESTORED_FOR_MS)",
                    "tonumber(ARGV[10])"),
            new Mutant(
                    "what ends while the gate is closed ends for good",
                    "prelude",
                    "if not at and call('EXISTS', KEYS[1]) == 0 then",
                    "if false then"),
            new Mutant(
                    "a pod's end takes along what another pod has by now",
                    "prelude",
                    "    if name == pod then\n",
                    "    if true then\n"),
            new Mutant("another Redis process is trusted", "hello", "if stored ~= run_id then", "if false then"),
            new Mutant(
                    "any round may open the gate",
                    "open",
                    "if call('GET', P .. 'state:round') ~= ARGV[5] then return { 'STALE' } end",
                    ""),
            new Mutant(
                    "the original's calls are not on their pods",
                    "adopt",
                    "pod.n = pod.n + call('SADD', calls_key(pod.name), sid)\n  count(sid, call",
                    "count(sid, call"),
            new Mutant(
                    "the scan passes over the original's calls", "adopt_calls", "record[1] and not record[2]", "false"),
            new Mutant("an audit leaves what is of the wrong type", "audit", "call('UNLINK', key)", "return {}"),
            new Mutant("an audit places nothing", "audit", "    place(pod)\n    seen", "    seen"),
            new Mutant(
                    "a merchant may have one call more than its limit",
                    "allocate",
                    "live >= max_calls",
                    "live > max_calls"),
            new Mutant(
                    "a merchant's bucket never runs dry", "allocate", "if pace > NOW + 1000.5 then", "if false then"),
            new Mutant(
                    "a merchant's bucket holds two seconds of calls",
                    "allocate",
                    "if pace > NOW + 1000.5 then",
                    "if pace > NOW + 2000.5 then"),
            new Mutant(
                    "late retries take as many pods as there are",
                    "allocate",
                    "if others >= MOST_ON_PROBATION then",
                    "if false then"),
            new Mutant(
                    "a call that has ended is counted to its merchant",
                    "prelude",
                    "  call('ZREM', EXPIRY, sid)\n  try('ZREM', BY_MERCHANT, sid)",
                    "  call('ZREM', EXPIRY, sid)"),
            new Mutant(
                    "a call brought back is not counted to its merchant",
                    "restore",
                    "count(sid, record.merchant_id)\n",
                    ""),
            new Mutant(
                    "a fact of the wrong type is noticed halfway",
                    "register",
                    "call('HLEN', MODES)\ncall('SCARD', calls_key(name))\n",
                    "call('HLEN', MODES)\n"));

    private ScriptMutants() {}
}
