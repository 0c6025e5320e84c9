-- check: looks at some things in the store, all in one moment, for what breaks its laws. Writes nothing.
-- uses: prelude adopt
-- ARGV[3] overdue_ms, how long a call may have outlived its deadline
-- ARGV[4..] at most 100 things, three arguments each:
--   pod, name, ''         call, sid, ''         tombstone, sid, ''         key, name without prefix, its type
--   pool, its name, its configured mode ('' none)    assigned or available (member of that key), name, pool
-- Replies for each finding the number of the thing from 0, the law (a name in Law.java), and the values.
local overdue, found, thing = tonumber(ARGV[3]), {}, 0

local function find(law, ...) found[#found + 1] = { tostring(thing), law, table.concat({ ... }) } end

local function short(key) return string.sub(key, #P + 1) end

local function is_a(kind, key)
  local is = call('TYPE', key).ok
  if is ~= 'none' and is ~= kind then find('WRONG_TYPE', short(key), ' is a ', is, ', not a ', kind) end
  return is == 'none' or is == kind
end

local function never_expires(key)
  local left = call('PTTL', key)
  if left >= 0 then find('EXPIRES', short(key), ' goes in ', ms(left / 1000), ' s') end
end

local function expires(key, law)
  if call('PTTL', key) == -1 then find(law, short(key), ' has no TTL') end
end

local function unfree(pod)
  return not pod.ready and 'not ready' or pod.term and 'terminating' or pod.draining and 'draining'
    or pod.hold > NOW and 'in quarantine' or pod.n .. ' calls'
end

local function check_index(pod)
  local key = available_key(pod.pool)
  local kind, offered = call('TYPE', key).ok, false
  if kind == 'set' and not pod.shared then
    offered = call('SISMEMBER', key, pod.name) == 1
  elseif kind == 'zset' and pod.shared then
    offered = call('ZSCORE', key, pod.name)
    if offered and tonumber(offered) ~= pod.n then
      find('WRONG_SCORE', 'scores ', offered, ' in ', short(key), ', has ', pod.n, ' calls')
    end
  elseif kind ~= 'none' then
    return -- the pool's trouble
  end
  if offered and not free(pod) then find('NOT_FREE', unfree(pod), ', and in ', short(key)) end
  if free(pod) and not offered then find('NOT_OFFERED', 'not in ', short(key)) end
end

local function check_membership(pod)
  if try('SISMEMBER', assigned_key(pod.pool), pod.name) == 0 then
    find('NOT_ASSIGNED', 'not in ', pod.pool, ':assigned')
  end
  local tier, mirror = string.gsub(pod.pool, '^pool:', ''), try('GET', tier_key(pod.name))
  if mirror ~= tier then
    find('WRONG_MIRROR', short(tier_key(pod.name)), ' is ', type(mirror) == 'string' and mirror or 'none', ', not ', tier)
  end
end

local function check_calls_of(pod)
  local taken = {}
  for _, sid in ipairs(call('SMEMBERS', calls_key(pod.name))) do
    local record = try('HMGET', call_key(sid), 'pod_name', 'restored', 'ws_url')
    local on = not record.err and record[1]
    if on ~= pod.name then find('STRANGE_CALL', sid, on and ' is on ' .. on or ' has no record') end
    -- One that was found, in a mirror or in the original's keys, was not taken here.
    if on == pod.name and record[2] ~= '1' and record[3] then taken[#taken + 1] = sid end
  end
  table.sort(taken)
  if not pod.shared and #taken > 1 then find('TWO_CALLS', table.concat(taken, ' ')) end
end

local function check_lease(pod)
  local lease = try('GET', lease_key(pod.name))
  if type(lease) ~= 'string' then lease = nil end
  if pod.n == 0 and lease then
    find('WRONG_LEASE', 'no calls, and a lease of ', lease)
  elseif pod.n > 0 and not lease then
    find('WRONG_LEASE', pod.n, ' calls, and no lease')
  elseif lease and call('SISMEMBER', calls_key(pod.name), lease) == 0 then
    find('WRONG_LEASE', 'its lease is of ', lease, ', which is no call of it')
  end
end

local function check_pod(name)
  if not is_a('hash', pod_key(name)) or not is_a('set', calls_key(name)) then return end
  expires(draining_key(name), 'DRAINS_FOR_EVER')
  local pod = load(name)
  if not pod then
    local left = {}
    for _, key in ipairs({ pod_key(name), calls_key(name), tier_key(name), lease_key(name) }) do
      if call('EXISTS', key) == 1 then left[#left + 1] = short(key) end
    end
    if #left > 0 then find('LEFTOVER', table.concat(left, ' ')) end
    return
  end
  check_index(pod)
  check_membership(pod)
  check_calls_of(pod)
  check_lease(pod)
  expires(lease_key(name), 'LEASE_FOR_EVER')
  never_expires(pod_key(name))
  never_expires(calls_key(name))
  never_expires(tier_key(name))
end

local function check_call(sid)
  local key, late = call_key(sid), nil
  if not is_a('hash', key) then return end
  local name, inc = unpack(call('HMGET', key, 'pod_name', 'pod_inc'))
  local deadline, counted = try('ZSCORE', EXPIRY, sid), try('ZSCORE', BY_MERCHANT, sid)
  if type(deadline) == 'string' then late = NOW - deadline end
  if not name then
    expires(key, 'LOCK_FOR_EVER')
    -- A record goes by its TTL at about its deadline; then the sweep takes the deadline away.
    if late and (late < 0 or late > overdue) then find('NO_RECORD', 'only a deadline') end
    if not late and type(counted) == 'string' then find('NO_RECORD', 'only counted to a merchant') end
    return
  end
  expires(key, 'CALL_FOR_EVER')
  if not inc then return find('CALL_NOT_ADOPTED', 'on ', name) end
  if not late then find('NO_DEADLINE', 'on ', name) end
  if late and late > overdue then find('OVERDUE', 'for ', ms(late / 1000), ' s on ', name) end
  local now = try('HMGET', pod_key(name), 'inc', 'pool')
  if now.err or not now[1] or not now[2] then return find('UNLISTED_CALL', 'on ', name, ', which is no pod') end
  if try('SISMEMBER', calls_key(name), sid) == 0 then find('UNLISTED_CALL', 'not among the calls of ', name) end
  local merchant = try('HGET', key, 'merchant_id') or ''
  local number = merchant ~= '' and tonumber(merchant_no(merchant))
  if type(counted) ~= 'table' and (tonumber(counted or nil) or false) ~= number then
    find('NOT_COUNTED', 'of merchant ', merchant, ', and scores ', counted or 'nothing')
  end
  if now[1] ~= inc then find('OTHER_LIFE', 'of ', inc, ' on ', name, ', which is ', now[1]) end
end

local function check_pool(pool, configured)
  local key = available_key(pool)
  local kind, mode = call('TYPE', key).ok, mode_of(pool) or configured
  local known = mode == 'shared' and 'zset' or mode == 'exclusive' and 'set'
  if kind ~= 'none' and (known and kind ~= known or kind ~= 'set' and kind ~= 'zset') then
    find('WRONG_INDEX', short(key), ' is a ', kind, ', the pool is ', mode)
  end
  is_a('set', assigned_key(pool))
  never_expires(key)
  never_expires(assigned_key(pool))
end

local function check_member(which, name, pool)
  local key = which == 'assigned' and assigned_key(pool) or available_key(pool)
  if try('SISMEMBER', key, name) ~= 1 and type(try('ZSCORE', key, name)) ~= 'string' then return end
  local pod = try('HMGET', pod_key(name), 'inc', 'pool')
  if not valid_pod(name) then
    find('NO_POD', 'in ', short(key))
  elseif pod.err then
    return -- the pod's trouble
  elseif not pod[1] or not pod[2] then
    find('NOT_ADOPTED', 'in ', short(key))
  elseif pod[2] ~= pool then
    find(which == 'assigned' and 'ASSIGNED_ELSEWHERE' or 'OFFERED_ELSEWHERE', 'of ', pod[2], ', and in ', short(key))
  end
end

for i = 4, #ARGV, 3 do
  local kind, name, third = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if kind == 'pod' then check_pod(name)
  elseif kind == 'call' then check_call(name)
  elseif kind == 'tombstone' then expires(ended_key(name), 'TOMBSTONE_FOR_EVER')
  elseif kind == 'key' then if is_a(third, P .. name) then never_expires(P .. name) end
  elseif kind == 'pool' then check_pool(name, third)
  else check_member(kind, name, third) end
  thing = thing + 1
end
return found
