-- restore: a router's mirror says that this call is live. A live call is a fact, so it is never refused for want of
-- room; forgetting one would free a pod that is busy.
-- uses: prelude
-- ARGV[3] sid   ARGV[4] pod   ARGV[5] inc   ARGV[6] inc_no   ARGV[7] pool   ARGV[8] ready(1|0) for a pod not known
-- ARGV[9] ttl_ms, at most, of the record    ARGV[10] deadline, ms on this clock
-- ARGV[11..] the record, field and value
-- A call in the store that took the sid before this one has ended: the same sid was released and asked for again.
-- Replies RESTORED, PRESENT, ENDED (a tombstone newer than the record), STALE (the pod has begun a new life).
local sid, name, inc, inc_no, pool = ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6]), ARGV[7]
local RESTORED_FOR_MS = 4 * 3600 * 1000
local key = call_key(sid)
local record = {}
for i = 11, #ARGV, 2 do record[ARGV[i]] = ARGV[i + 1] end
call('ZSCORE', EXPIRY, sid)
call('HLEN', MODES)
call('HLEN', pod_key(name))
call('SCARD', calls_key(name))
local pod = load(name)
if pod then pool = pod.pool end
call('SCARD', assigned_key(pool))
local earlier, adopted, since = unpack(call('HMGET', key, 'pod_name', 'pod_inc', 'allocated_at'))
if earlier and (not adopted or (tonumber(since) or 0) >= tonumber(record.allocated_at)) then
  -- The mirror knows of a second answer with this pod, which the store may have forgotten.
  if since == record.allocated_at and not record.token then call('HDEL', key, 'token') end
  return { 'PRESENT' }
end
local ended = tonumber((try('GET', ended_key(sid))))
if ended and ended >= tonumber(record.allocated_at) then return { 'ENDED' } end

-- The cluster has told of the pod since the call was mirrored: it is the same life, for all we know.
local created = pod and math.floor(pod.inc_no / 1000) * 1000
if inc == 'legacy' and pod and tonumber(record.allocated_at) >= created then inc, inc_no = pod.inc, pod.inc_no end
if pod and (pod.inc_no > inc_no or pod.inc_no == inc_no and pod.inc ~= inc) then return { 'STALE' } end
if not pod or pod.inc_no < inc_no then
  if pod then
    forget_all(name)
    call('DEL', draining_key(name))
    call('HSET', pod_key(name), 'hold', 0)
  end
  call('HSET', pod_key(name), 'inc', inc, 'inc_no', ms(inc_no), 'ready', ARGV[8], 'pool', pool)
  call('HSETNX', pod_key(name), 'term', 0)
  call('HSETNX', pod_key(name), 'hold', 0)
  call('SADD', assigned_key(pool), name)
  call('SET', tier_key(name), (string.gsub(pool, '^pool:', '')))
  pod = load(name)
end
if earlier then
  forget(sid, earlier, tonumber(since))
  local left = load(earlier)
  if left then place(left) end
  if earlier == name then pod = left end
end
local deadline = math.min(tonumber(ARGV[10]), NOW + RESTORED_FOR_MS)
call('DEL', key)
call('HSET', key, unpack(ARGV, 11))
call('HSET', key, 'restored', 1, 'pod_inc', inc)
call('PEXPIRE', key, ARGV[9])
call('ZADD', EXPIRY, ms(deadline), sid)
pod.n = pod.n + call('SADD', calls_key(name), sid)
count(sid, record.merchant_id)
place(pod)
return { 'RESTORED' }
