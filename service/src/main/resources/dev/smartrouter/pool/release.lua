-- release: gives a call's pod back, to the pool the pod belongs to now. With a token, only if that request's answer is
-- the call's only one: how a router lets go of a pod that it got for a caller it had already refused.
-- uses: prelude adopt
-- ARGV[3] sid   ARGV[4] token ('' releases whoever asked)
-- Replies RELEASED pod source_pool pool was_draining(1|0), NOT_FOUND, or KEPT (another token).
local sid, token = ARGV[3], ARGV[4]
local name, source, held = unpack(call('HMGET', call_key(sid), 'pod_name', 'source_pool', 'token'))
if token ~= '' and token ~= held then return { name and 'KEPT' or 'NOT_FOUND' } end
call('ZSCORE', EXPIRY, sid)
if not name then
  call('SET', ended_key(sid), ms(NOW), 'PX', TOMBSTONE_MS, 'NX')
  return { 'NOT_FOUND' }
end
local pod = adopt(name, {}, source)
forget(sid, name)
if not pod then return { 'RELEASED', name, source or '', source or '', '0' } end
place(pod)
return { 'RELEASED', name, source or pod.pool, pod.pool, pod.draining and '1' or '0' }
