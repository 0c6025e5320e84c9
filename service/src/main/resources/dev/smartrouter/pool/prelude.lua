-- What every transition shares: key names, the clock, a pod's facts, and place(), the only writer of the index.
-- KEYS[1]  {prefix}state:gen, the anchor: all other keys are derived from its prefix and live in its slot
-- ARGV[1]  skew_ms, added to Redis's clock (0 in production; how tests move time)
-- ARGV[2]  lease_ttl_ms
local call, try = redis.call, redis.pcall
local P = string.sub(KEYS[1], 1, -10)
local MODES, EXPIRY, METADATA = P .. 'tier:modes', P .. 'calls:by_expiry', P .. 'pod:metadata'
local TOMBSTONE_MS = 120000
-- Live calls of merchants, an index: sid, scored by a number that stands for the merchant (the first 52 bits of its
-- name's SHA-1), so that a merchant's are counted at once, and one goes by its sid alone.
local BY_MERCHANT = P .. 'calls:by_merchant'

local function ms(number) return string.format('%d', number) end
local clock = call('TIME')
local NOW = clock[1] * 1000 + math.floor(clock[2] / 1000) + tonumber(ARGV[1])

local function pod_key(pod) return P .. 'pod:' .. pod end
local function tier_key(pod) return P .. 'pod:tier:' .. pod end
local function draining_key(pod) return P .. 'pod:draining:' .. pod end
local function calls_key(pod) return P .. 'pod:' .. pod .. ':calls' end
local function lease_key(pod) return P .. 'lease:' .. pod end
local function call_key(sid) return P .. 'call:' .. sid end
local function ended_key(sid) return P .. 'ended:' .. sid end
local function assigned_key(pool) return P .. pool .. ':assigned' end
local function available_key(pool)
  return P .. pool .. (string.sub(pool, 1, 9) == 'merchant:' and ':pods' or ':available')
end

-- A pool's mode, or false if it has none yet. A script reads each once.
local modes = {}
local function mode_of(pool)
  if modes[pool] == nil then modes[pool] = call('HGET', MODES, pool) end
  return modes[pool]
end
local function set_mode(pool, mode)
  call('HSET', MODES, pool, mode)
  modes[pool] = mode
end
local function is_shared(pool) return mode_of(pool) == 'shared' end

-- A pod's facts, or nil if it is not registered or its keys are not of our types. n, the number of its calls, is kept by
-- whoever gives it one or takes one away.
local function load(name)
  local f = try('HMGET', pod_key(name), 'inc', 'inc_no', 'ready', 'term', 'hold', 'pool')
  if f.err or not f[1] or not f[6] then return nil end
  local n = try('SCARD', calls_key(name))
  if type(n) ~= 'number' then return nil end
  local pod = {
    name = name, inc = f[1], inc_no = tonumber(f[2]) or 0, ready = f[3] == '1', term = f[4] == '1',
    hold = tonumber(f[5]) or 0, pool = f[6], n = n,
  }
  pod.draining = call('EXISTS', draining_key(name)) == 1
  pod.shared = is_shared(pod.pool)
  return pod
end

local function schedulable(pod)
  return pod.ready and not pod.term and not pod.draining and pod.hold <= NOW
end

local function free(pod)
  return schedulable(pod) and (pod.shared or pod.n == 0)
end

-- Takes a name out of a pool's index, whatever type that has.
local function unindex(name, pool)
  if type(try('SREM', available_key(pool), name)) ~= 'number' then try('ZREM', available_key(pool), name) end
end

-- Makes the index agree with the pod's facts: the pool's available set, the lease, the status. An index key of
-- another type is left alone here; audit replaces it.
-- sid: a call that it was given just now, and so has the lease; nil if none was
local function place(pod, sid)
  local key, lease = available_key(pod.pool), lease_key(pod.name)
  if not free(pod) then
    try(pod.shared and 'ZREM' or 'SREM', key, pod.name)
  elseif pod.shared then
    try('ZADD', key, pod.n, pod.name)
  else
    try('SADD', key, pod.name)
  end
  pod.status = (pod.term or pod.draining) and 'draining'
    or pod.n > 0 and 'allocated' or schedulable(pod) and 'available' or 'unavailable'
  if pod.n == 0 then
    call('DEL', lease)
    call('HDEL', pod_key(pod.name), 'allocated_call_sid', 'allocated_at', 'source_pool')
    call('HSET', pod_key(pod.name), 'status', pod.status)
    return
  end
  if sid then
    call('SET', lease, sid, 'PX', ARGV[2])
    call('HSET', pod_key(pod.name), 'status', pod.status, 'allocated_call_sid', sid,
      'allocated_at', ms(NOW), 'source_pool', pod.pool)
    return
  end
  sid = try('GET', lease)
  if type(sid) ~= 'string' or call('SISMEMBER', calls_key(pod.name), sid) == 0 then
    sid = call('SRANDMEMBER', calls_key(pod.name))
    call('SET', lease, sid, 'PX', ARGV[2])
  end
  call('HSET', pod_key(pod.name), 'status', pod.status, 'allocated_call_sid', sid)
end

local function merchant_no(merchant) return ms(tonumber(string.sub(redis.sha1hex(merchant), 1, 13), 16)) end

-- Counts a live call to its merchant, if it has one.
local function count(sid, merchant)
  if merchant and merchant ~= '' then
    try('ZADD', BY_MERCHANT, merchant_no(merchant), sid)
  else
    try('ZREM', BY_MERCHANT, sid)
  end
end

-- Takes away what says that a call is live, besides its record.
local function unlist(sid)
  call('ZREM', EXPIRY, sid)
  try('ZREM', BY_MERCHANT, sid)
end

-- Leaves a tombstone that a late replay finds. at: when the call ended, nil now; the latest end counts.
local function bury(sid, at)
  local ended = tonumber((try('GET', ended_key(sid)))) or 0
  call('SET', ended_key(sid), ms(math.max(at or NOW, ended)), 'PX', TOMBSTONE_MS)
end

-- Forgets a call. The caller places the pod. at: when it ended; nil now, but while the gate is closed the moment it
-- began: a loss may have brought an earlier call of the sid back, and no more than that one has ended.
-- How many calls fewer the pod has.
local function forget(sid, pod, at)
  if not at and call('EXISTS', KEYS[1]) == 0 then at = tonumber((try('HGET', call_key(sid), 'allocated_at'))) end
  unlist(sid)
  call('DEL', call_key(sid))
  local gone = try('SREM', calls_key(pod), sid)
  bury(sid, at)
  return type(gone) == 'number' and gone or 0
end

-- A pod's calls, without those whose record went by itself: the sid may be another pod's by now.
local function calls_of(pod)
  local sids = {}
  for _, sid in ipairs(call('SMEMBERS', calls_key(pod))) do
    local name = try('HGET', call_key(sid), 'pod_name')
    if name == pod then
      sids[#sids + 1] = sid
    else
      call('SREM', calls_key(pod), sid)
      if type(name) ~= 'string' then unlist(sid) end
    end
  end
  return sids
end

-- Ends all calls of a pod; how many there were.
local function forget_all(pod)
  local sids = calls_of(pod)
  for _, sid in ipairs(sids) do forget(sid, pod) end
  return #sids
end
