-- remove: the pod is gone (deleted, Failed or Succeeded): its calls end, its keys go.
-- uses: prelude adopt fence
-- ARGV[3] epoch ('' without a leader)   ARGV[4] pod   ARGV[5] inc_no of the life that ended   ARGV[6..] pool, mode: the configured pools
-- Replies REMOVED and the number of calls ended, STALE (a later life is registered), NOT_FOUND, FENCED.
local name = ARGV[4]
local pools = {}
for i = 6, #ARGV, 2 do pools[#pools + 1] = { ARGV[i], ARGV[i + 1] } end
call('HEXISTS', METADATA, name)
call('ZCARD', EXPIRY)
if fenced(tonumber(ARGV[3])) then return { 'FENCED' } end
local pod = adopt(name, pools)
if not pod and not valid_pod(name) then return { 'NOT_FOUND' } end
if not pod then -- in no pool: it cannot be offered to a call, but keys may be left of it
  local ended = call('TYPE', calls_key(name)).ok == 'set' and forget_all(name) or 0
  local left = call('DEL', pod_key(name), tier_key(name), draining_key(name), calls_key(name), lease_key(name))
  return left > 0 and { 'REMOVED', tostring(ended) } or { 'NOT_FOUND' }
end
if pod.inc_no > tonumber(ARGV[5]) then return { 'STALE' } end
call('SCARD', assigned_key(pod.pool))
local ended = forget_all(name)
-- Out of every pool, not its own alone: a name left in another's keys, where a hand put it, would be taken for a pod.
pools[#pools + 1] = { pod.pool }
for _, pool in ipairs(pools) do
  unindex(name, pool[1])
  try('SREM', assigned_key(pool[1]), name)
end
call('HDEL', METADATA, name)
call('DEL', pod_key(name), tier_key(name), draining_key(name), calls_key(name), lease_key(name))
return { 'REMOVED', tostring(ended) }
