-- Adoption: pods and calls that only the documented keys know (left by the original router, or set by hand) become
-- ours, in the first transition that meets them. An adopted pod has the incarnation 'legacy', number 0.

-- Epoch milliseconds of a time as others write it: seconds, milliseconds, nanoseconds, RFC 3339. Unreadable: now.
local function epoch_ms(text)
  local number = tonumber(text)
  if number and number > 0 then
    if number < 1e11 then return number * 1000 end
    if number > 1e14 then return math.floor(number / 1e6) end
    return math.floor(number)
  end
  local DAYS_BEFORE = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 }
  local y, mo, d, h, mi, s, rest = string.match(text or '', '^(%d%d%d%d)-(%d%d)-(%d%d)[T ](%d%d):(%d%d):(%d%d)(.*)$')
  y, mo = tonumber(y), tonumber(mo)
  if not y or not DAYS_BEFORE[mo] then return NOW end
  local years = mo > 2 and y or y - 1
  local days = (y - 1970) * 365 + math.floor(years / 4) - math.floor(years / 100) + math.floor(years / 400) - 477
    + DAYS_BEFORE[mo] + d - 1
  local sign, zh, zm = string.match(rest, '([+-])(%d%d):?(%d%d)$')
  local zone = sign and (sign == '-' and -1 or 1) * (zh * 60 + zm) * 60 or 0
  return (days * 86400 + h * 3600 + mi * 60 + s - zone) * 1000
end

-- Makes a call of the original's ours, on a pod that is.
local function adopt_call(sid, pod)
  local key = call_key(sid)
  local left = call('PTTL', key)
  local endless = left <= 0
  if endless then left = tonumber(ARGV[2]) end
  call('ZADD', EXPIRY, 'NX', ms(NOW + left), sid) -- the first write: it fails if the key is not ours
  if endless then call('PEXPIRE', key, left) end
  call('HSET', key, 'pod_inc', pod.inc, 'allocated_at', ms(epoch_ms(call('HGET', key, 'allocated_at'))))
  call('HDEL', key, '_lock')
  pod.n = pod.n + call('SADD', calls_key(pod.name), sid)
  count(sid, call('HGET', key, 'merchant_id'))
end

local function valid_pool(pool)
  return type(pool) == 'string' and (string.match(pool, '^pool:[%w_-]+$') or string.match(pool, '^merchant:[%w_-]+$'))
end

-- A DNS-1123 label, and none of the words that our own keys have in a pod's place.
local function valid_pod(name)
  local RESERVED = { metadata = true, tier = true, draining = true, calls = true }
  return #name <= 63 and not RESERVED[name]
    and (string.match(name, '^[a-z0-9]$') or string.match(name, '^[a-z0-9][a-z0-9-]*[a-z0-9]$'))
end

local function held_by(name, pool)
  local key = available_key(pool)
  return try('SISMEMBER', assigned_key(pool), name) == 1 or try('SISMEMBER', key, name) == 1
    or type(try('ZSCORE', key, name)) == 'string'
end

-- The pod's facts, written from the documented keys if it has none yet; nil if no key says where it belongs.
-- pools: {pool, mode} pairs, of which the first that holds the pod is its pool if no pod:tier names one.
-- fallback: the pool to take when nothing else tells (that of the pod's call), or nil.
local function adopt(name, pools, fallback)
  local known = load(name)
  if known then return known end
  if not valid_pod(name) then return nil end
  local kind = call('TYPE', pod_key(name)).ok
  if kind ~= 'none' and kind ~= 'hash' then return nil end
  kind = call('TYPE', calls_key(name)).ok
  if kind ~= 'none' and kind ~= 'set' then return nil end

  local pool = try('GET', tier_key(name))
  if type(pool) == 'string' and not string.find(pool, ':', 1, true) then pool = 'pool:' .. pool end
  if not valid_pool(pool) then pool = nil end
  local configured
  for _, candidate in ipairs(pools) do
    if not pool and held_by(name, candidate[1]) then pool = candidate[1] end
    if pool == candidate[1] then configured = candidate[2] end
  end
  pool = pool or valid_pool(fallback) and fallback
  if not pool then return nil end
  kind = call('TYPE', assigned_key(pool)).ok
  if kind ~= 'none' and kind ~= 'set' then return nil end

  kind = call('TYPE', available_key(pool)).ok
  local mode = kind == 'zset' and 'shared' or kind == 'set' and 'exclusive' or configured
  call('ZCARD', EXPIRY) -- fails here, before the first write, if the key is not ours
  if mode and not mode_of(pool) then set_mode(pool, mode) end
  local sids = { call('HGET', pod_key(name), 'allocated_call_sid'), try('GET', lease_key(name)) }
  call('HSET', pod_key(name), 'inc', 'legacy', 'inc_no', 0, 'ready', 1, 'term', 0, 'hold', 0, 'pool', pool)
  call('SADD', assigned_key(pool), name)
  call('SET', tier_key(name), (string.gsub(pool, '^pool:', '')))
  local pod = load(name)
  for i = 1, 2 do
    local sid = sids[i]
    if type(sid) == 'string' and sid ~= '' and try('HGET', call_key(sid), 'pod_name') == name then
      adopt_call(sid, pod)
    end
  end
  return pod
end
