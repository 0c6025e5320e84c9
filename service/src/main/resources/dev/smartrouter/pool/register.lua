-- register: what the cluster says of a pod. A new incarnation has lost the calls of the old one; a pod that is merely
-- not ready keeps its calls and takes none.
-- uses: prelude adopt fence
-- ARGV[3] epoch ('' without a leader)         ARGV[4] pod       ARGV[5] inc        ARGV[6] inc_no
-- ARGV[7] started_ms, when its agent's container started     ARGV[8] ready(1|0)   ARGV[9] term(1|0)
-- ARGV[10] pool, for a pod seen for the first time           ARGV[11] hold_ms on this clock ('' keeps it)
-- ARGV[12] listed(1|0): from a LIST, which outranks an event ARGV[13] metadata JSON
-- ARGV[14..] pool, mode: the configured pools
-- Replies NEW, REINCARNATED or KNOWN with the number of calls ended and the pod's pool; STALE; FENCED.
local epoch, name, inc, inc_no = tonumber(ARGV[3]), ARGV[4], ARGV[5], tonumber(ARGV[6])
local pools = {}
for i = 14, #ARGV, 2 do pools[#pools + 1] = { ARGV[i], ARGV[i + 1] } end
call('HEXISTS', METADATA, name)
call('HLEN', pod_key(name))
call('HLEN', MODES)
call('SCARD', calls_key(name))
call('SCARD', assigned_key(ARGV[10]))
call('ZCARD', EXPIRY)
if fenced(epoch) then return { 'FENCED' } end

local pod = adopt(name, pools)
local verdict, ended = 'KNOWN', 0
if not pod then
  verdict = 'NEW'
  local pool = ARGV[10]
  call('SADD', assigned_key(pool), name)
  call('SET', tier_key(name), (string.gsub(pool, '^pool:', '')))
  call('HSET', pod_key(name), 'pool', pool, 'hold', 0)
elseif pod.inc_no > inc_no or pod.inc_no == inc_no and pod.inc ~= inc and ARGV[12] ~= '1' then
  return { 'STALE' }
elseif pod.inc == 'legacy' then
  verdict = 'REINCARNATED'
  for _, sid in ipairs(calls_of(name)) do
    if (tonumber(call('HGET', call_key(sid), 'allocated_at')) or 0) < tonumber(ARGV[7]) then
      forget(sid, name)
      ended = ended + 1
    else
      call('HSET', call_key(sid), 'pod_inc', inc)
    end
  end
elseif pod.inc ~= inc then
  verdict = 'REINCARNATED'
  ended = forget_all(name)
  call('DEL', draining_key(name))
  call('HSET', pod_key(name), 'hold', 0)
end
call('HSET', pod_key(name), 'inc', inc, 'inc_no', ms(inc_no), 'ready', ARGV[8], 'term', ARGV[9])
if ARGV[11] ~= '' then call('HSET', pod_key(name), 'hold', ARGV[11]) end
call('HSET', METADATA, name, ARGV[13])
pod = load(name)
place(pod)
return { verdict, tostring(ended), pod.pool }
