-- release: gives a call's pod back, to the pool the pod belongs to now. With a token, only if that request's answer is
-- the call's only one: how a router lets go of a pod that it got for a caller it had already refused. While the gate is
-- closed nobody can tell: the store may have lost that there was another.
-- uses: prelude adopt
-- ARGV[3] sid   ARGV[4] token ('' releases whoever asked)
-- ARGV[5] when it ended, ms on this clock ('' or none: now): a replay must not end a call that took the sid since
-- Replies RELEASED pod source_pool pool was_draining(1|0) merchant provider allocated_at in ms, NOT_FOUND, or KEPT (another token, a closed gate, or a later call).
local sid, token, at = ARGV[3], ARGV[4], tonumber(ARGV[5])
local name, source, held, since, merchant, provider =
  unpack(call('HMGET', call_key(sid), 'pod_name', 'source_pool', 'token', 'allocated_at', 'merchant_id', 'provider'))
if token ~= '' and (token ~= held or call('EXISTS', KEYS[1]) == 0) then return { name and 'KEPT' or 'NOT_FOUND' } end
if name and at and (tonumber(since) or 0) > at then return { 'KEPT' } end
if not name then
  unlist(sid)
  call('DEL', call_key(sid)) -- no record: the original's lock, or an operator's
  bury(sid, at)
  return { 'NOT_FOUND' }
end
local pod = adopt(name, {}, source)
local gone = forget(sid, name, at or NOW)
merchant, provider, since = merchant or '', provider or '', ms(epoch_ms(since or nil))
if not pod then return { 'RELEASED', name, source or '', source or '', '0', merchant, provider, since } end
pod.n = pod.n - gone
place(pod)
local draining = pod.status == 'draining' and '1' or '0'
return { 'RELEASED', name, source or pod.pool, pod.pool, draining, merchant, provider, since }
