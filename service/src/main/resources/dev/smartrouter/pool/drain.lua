-- drain: the pod takes no new call; those it has go on.
-- uses: prelude adopt
-- ARGV[3] pod   ARGV[4] ttl_ms   ARGV[5..] pool, mode: the configured pools, for a pod not adopted yet
-- Replies DRAINING and its number of calls, or NOT_FOUND.
local pools = {}
for i = 5, #ARGV, 2 do pools[#pools + 1] = { ARGV[i], ARGV[i + 1] } end
local pod = adopt(ARGV[3], pools)
if not pod then return { 'NOT_FOUND' } end
call('SET', draining_key(pod.name), '1', 'PX', ARGV[4])
pod.draining = true
place(pod)
return { 'DRAINING', tostring(pod.n) }
