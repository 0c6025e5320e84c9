-- move: an idle pod changes its pool. force (its tier is gone) moves a busy one with its calls, unless it has several
-- and would become exclusive.
-- uses: prelude fence
-- ARGV[3] epoch ('' without a leader)   ARGV[4] pod   ARGV[5] from   ARGV[6] to   ARGV[7] force(1|0)
-- Replies MOVED, STALE (not in `from` any more), BUSY, NOT_FOUND, FENCED.
local name, from, to, force = ARGV[4], ARGV[5], ARGV[6], ARGV[7] == '1'
call('SCARD', assigned_key(from))
call('SCARD', assigned_key(to))
if fenced(tonumber(ARGV[3])) then return { 'FENCED' } end
local pod = load(name)
if not pod then return { 'NOT_FOUND' } end
if pod.pool ~= from then return { 'STALE' } end
local shared = is_shared(to)
if pod.n > 0 and not force or pod.n > 1 and not shared then return { 'BUSY' } end
unindex(name, from)
call('SREM', assigned_key(from), name)
call('SADD', assigned_key(to), name)
call('SET', tier_key(name), (string.gsub(to, '^pool:', '')))
call('HSET', pod_key(name), 'pool', to)
pod.pool, pod.shared = to, shared
place(pod)
return { 'MOVED' }
