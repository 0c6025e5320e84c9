-- audit: makes pods whole again after what no transition did: keys that expired, an operator's hand, state not adopted
-- yet. Drops calls whose record is gone, mends index keys of the wrong type and mirrors, and places each pod.
-- uses: prelude adopt
-- ARGV[3] number of pools   then pool, mode of each   then the pods, at most 100: name, number of pools whose keys have
-- that name, and these. A pod is looked for in no others, so that many pools cost no more than few.
-- Replies for each pod: name, pool, status, calls, draining(1|0), ready(1|0), term(1|0), held(1|0), inc, inc_no;
-- an unknown one is left out.
local pools, first = {}, 4 + 2 * ARGV[3]
for i = 4, first - 1, 2 do pools[#pools + 1] = { ARGV[i], ARGV[i + 1] } end
call('ZCARD', EXPIRY)

for _, pool in ipairs(pools) do
  local key = available_key(pool[1])
  local kind, mode = call('TYPE', key).ok, mode_of(pool[1])
  if not mode then
    mode = kind == 'zset' and 'shared' or kind == 'set' and 'exclusive' or pool[2]
    set_mode(pool[1], mode)
  end
  if kind ~= 'none' and kind ~= (mode == 'shared' and 'zset' or 'set') then call('UNLINK', key) end
end

-- Drops the pod's calls that name no record of theirs, and gives the others their end back.
local function check_calls(pod)
  local sids = calls_of(pod.name)
  pod.n = #sids
  for _, sid in ipairs(sids) do
    local left = call('PTTL', call_key(sid))
    if left < 0 then
      left = tonumber(ARGV[2])
      call('PEXPIRE', call_key(sid), left)
    end
    if not call('ZSCORE', EXPIRY, sid) then call('ZADD', EXPIRY, ms(NOW + left), sid) end
    count(sid, call('HGET', call_key(sid), 'merchant_id'))
  end
  if call('PTTL', lease_key(pod.name)) == -1 then call('DEL', lease_key(pod.name)) end
end

local function leave(name, pool)
  try('SREM', assigned_key(pool), name)
  unindex(name, pool)
end

-- A pod is in no pool's keys but its own.
local function check_membership(pod, seen_in)
  for _, pool in ipairs(seen_in) do
    if pool ~= pod.pool then leave(pod.name, pool) end
  end
  try('SADD', assigned_key(pod.pool), pod.name)
  call('SET', tier_key(pod.name), (string.gsub(pod.pool, '^pool:', '')))
end

local counts = call('TYPE', BY_MERCHANT).ok
if counts ~= 'none' and counts ~= 'zset' then call('UNLINK', BY_MERCHANT) end

local seen, i = {}, first
while ARGV[i] do
  local name, seen_in = ARGV[i], { unpack(ARGV, i + 2, i + 1 + ARGV[i + 1]) }
  i = i + 2 + #seen_in
  local pod = adopt(name, pools)
  if pod then
    check_calls(pod)
    check_membership(pod, seen_in)
    place(pod)
    seen[#seen + 1] = {
      pod.name, pod.pool, pod.status, tostring(pod.n), pod.draining and '1' or '0', pod.ready and '1' or '0',
      pod.term and '1' or '0', pod.hold > NOW and '1' or '0', pod.inc, ms(pod.inc_no),
    }
  else -- a name in the index that can be no pod
    for _, pool in ipairs(seen_in) do leave(name, pool) end
  end
end
return seen
