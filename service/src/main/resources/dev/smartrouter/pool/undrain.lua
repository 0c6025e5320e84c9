-- undrain: ends a drain and a quarantine; the pod takes calls again if it can.
-- uses: prelude adopt
-- ARGV[3] pod   ARGV[4..] pool, mode: the configured pools, for a pod not adopted yet
-- Replies UNDRAINED and its number of calls, or NOT_FOUND.
local pools = {}
for i = 4, #ARGV, 2 do pools[#pools + 1] = { ARGV[i], ARGV[i + 1] } end
local pod = adopt(ARGV[3], pools)
if not pod then return { 'NOT_FOUND' } end
call('DEL', draining_key(pod.name))
call('HSET', pod_key(pod.name), 'hold', 0)
pod.draining, pod.hold = false, 0
place(pod)
return { 'UNDRAINED', tostring(pod.n) }
