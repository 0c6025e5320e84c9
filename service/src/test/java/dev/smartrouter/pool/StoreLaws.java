package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import redis.clients.jedis.Jedis;

/** The invariants of {@code STATE-MACHINE.md} that need no history, looked at in one atomic snapshot of the store. */
public final class StoreLaws {
    /** Replies what is broken, in words. Excuses nothing: for stores in which no TTL runs out and no hand writes. */
    private static final String BROKEN = """
            local P, bad = ARGV[1], {}
            local function check(holds, law, what) if not holds then bad[#bad + 1] = law .. ': ' .. what end end
            local clock = redis.call('TIME')
            local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
            local pods, calls, leases, held, of, mirrors, pools, modes = {}, {}, {}, {}, {}, {}, {}, {}
            for i, v in ipairs(redis.call('HGETALL', P .. 'tier:modes')) do
              if i % 2 == 1 then pools[v] = true else modes[redis.call('HGETALL', P .. 'tier:modes')[i - 1]] = v end
            end
            for _, key in ipairs(redis.call('KEYS', P .. '*')) do
              local k = string.sub(key, #P + 1)
              local expires = redis.call('PTTL', key) >= 0
              local may = string.match(k, '^call:') or string.match(k, '^ended:') or string.match(k, '^lease:')
                or string.match(k, '^pod:draining:')
              check(expires == (may ~= nil), 'I11', k .. (expires and ' expires' or ' never expires'))
              if string.match(k, '^call:') then calls[string.sub(k, 6)] = redis.call('HMGET', key, 'pod_name', 'pod_inc', 'restored', 'merchant_id')
              elseif string.match(k, '^lease:') then leases[string.sub(k, 7)] = redis.call('GET', key)
              elseif string.match(k, '^pod:tier:') then mirrors[string.sub(k, 10)] = redis.call('GET', key)
              elseif string.match(k, '^pod:[^:]+:calls$') then of[string.match(k, '^pod:([^:]+):calls$')] = redis.call('SMEMBERS', key)
              elseif string.match(k, '^pod:[^:]+$') and k ~= 'pod:metadata' then
                local f = redis.call('HMGET', key, 'inc', 'ready', 'term', 'hold', 'pool')
                if f[1] then
                  pods[string.sub(k, 5)] = { inc = f[1], pool = f[5] or '', calls = {},
                    sched = f[2] == '1' and f[3] ~= '1' and tonumber(f[4] or 0) <= now
                      and redis.call('EXISTS', P .. 'pod:draining:' .. string.sub(k, 5)) == 0 }
                end
              elseif string.match(k, '^pool:[^:]+:') or string.match(k, '^merchant:[^:]+:') then
                pools[string.match(k, '^(%a+:[^:]+):')] = true
              end
            end
            local records, deadlines, on = 0, redis.call('ZCARD', P .. 'calls:by_expiry'), 0
            for name, sids in pairs(of) do
              check(pods[name], 'I10', 'calls of no pod ' .. name)
              for _, sid in ipairs(sids) do
                on = on + 1
                check(calls[sid] and calls[sid][1] == name, 'I4', name .. ' holds ' .. sid)
                if pods[name] then table.insert(pods[name].calls, sid) end
              end
            end
            for sid, record in pairs(calls) do
              records = records + 1
              check(redis.call('ZSCORE', P .. 'calls:by_expiry', sid), 'I5', sid .. ' has no deadline')
              local no = (record[4] or '') ~= '' and tonumber(string.sub(redis.sha1hex(record[4]), 1, 13), 16)
              local score = redis.call('ZSCORE', P .. 'calls:by_merchant', sid)
              check(score and tonumber(score) == no or not score and not no, 'I14', sid .. ' of ' .. tostring(record[4]) .. ' is counted ' .. tostring(score))
              local pod = pods[record[1] or '']
              check(pod, 'I4', sid .. ' is on no pod')
              if pod then
                check(redis.call('SISMEMBER', P .. 'pod:' .. record[1] .. ':calls', sid) == 1, 'I4', sid .. ' is not on ' .. record[1])
                check(pod.inc == record[2], 'I8', sid .. ' is of another life of ' .. record[1])
              end
            end
            check(records == deadlines and records == on, 'I9', records .. ' records, ' .. deadlines .. ' deadlines, ' .. on .. ' on pods')
            for _, sid in ipairs(redis.call('ZRANGE', P .. 'calls:by_merchant', 0, -1)) do
              check(calls[sid], 'I14', sid .. ' is counted and has no record')
            end
            local assigned, available = {}, {}
            for pool in pairs(pools) do
              local key = P .. pool .. (string.match(pool, '^merchant:') and ':pods' or ':available')
              local kind = redis.call('TYPE', key).ok
              check(kind == 'none' or kind == (modes[pool] == 'shared' and 'zset' or 'set'), 'I12', key .. ' is a ' .. kind)
              local members = kind == 'zset' and redis.call('ZRANGE', key, 0, -1) or kind == 'set' and redis.call('SMEMBERS', key) or {}
              for _, name in ipairs(members) do
                available[name] = pool
                local pod = pods[name]
                check(pod and pod.pool == pool and pod.sched and (kind == 'zset' or #pod.calls == 0), 'I2', name .. ' is in ' .. key)
                if pod and kind == 'zset' then
                  check(tonumber(redis.call('ZSCORE', key, name)) == #pod.calls, 'I3', name .. ' scores wrong in ' .. key)
                end
              end
              for _, name in ipairs(redis.call('SMEMBERS', P .. pool .. ':assigned')) do
                check(not assigned[name] and pods[name] and pods[name].pool == pool, 'I6', name .. ' is assigned to ' .. pool)
                assigned[name] = pool
              end
            end
            for name, pod in pairs(pods) do
              check(assigned[name] == pod.pool, 'I6', name .. ' of ' .. pod.pool .. ' is assigned to ' .. tostring(assigned[name]))
              check(mirrors[name] == string.gsub(pod.pool, '^pool:', ''), 'I6', 'pod:tier of ' .. name)
              if ARGV[2] == '1' and pod.sched and (#pod.calls == 0 or modes[pod.pool] == 'shared') then
                check(available[name], 'L1', name .. ' is free and not in ' .. pod.pool)
              end
              local fresh = 0
              for _, sid in ipairs(pod.calls) do if calls[sid] and calls[sid][3] ~= '1' then fresh = fresh + 1 end end
              check(modes[pod.pool] == 'shared' or fresh <= 1, 'I1', name .. ' has ' .. fresh .. ' calls')
              local lease = leases[name]
              check((lease ~= nil) == (#pod.calls > 0), 'I7', 'lease of ' .. name)
              if lease then check(calls[lease] and calls[lease][1] == name, 'I7', 'lease of ' .. name .. ' names ' .. lease) end
            end
            for name in pairs(leases) do check(pods[name], 'I10', 'lease of no pod ' .. name) end
            for name in pairs(mirrors) do check(pods[name], 'I10', 'tier of no pod ' .. name) end
            return bad
            """;

    private StoreLaws() {}

    public static void assertHold(Jedis redis) {
        assertThat(broken(redis)).as("broken invariants").isEmpty();
    }

    /** What is broken, each line beginning with the invariant's number. */
    public static List<String> broken(Jedis redis) {
        return broken(redis, "voice:");
    }

    /** The same of a store under another prefix. */
    public static List<String> broken(Jedis redis, String prefix) {
        return ((List<?>) redis.eval(BROKEN, 0, prefix, "1"))
                .stream().map(String::valueOf).toList();
    }
}
