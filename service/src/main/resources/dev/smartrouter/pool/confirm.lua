-- confirm: the call is known to be live, so it gets its full deadline and can no longer be abandoned.
-- uses: prelude adopt
-- ARGV[3] sid   ARGV[4] ttl_ms of the record   ARGV[5] deadline_ms from now
-- Replies CONFIRMED or NOT_FOUND.
local sid = ARGV[3]
local key = call_key(sid)
local name, inc, source = unpack(call('HMGET', key, 'pod_name', 'pod_inc', 'source_pool'))
if not name then return { 'NOT_FOUND' } end
call('ZSCORE', EXPIRY, sid)
if not inc then
  local pod = adopt(name, {}, source)
  if not pod then return { 'NOT_FOUND' } end
  adopt_call(sid, pod)
  place(pod)
end
call('HDEL', key, 'token')
call('PEXPIRE', key, ARGV[4])
call('ZADD', EXPIRY, ms(NOW + ARGV[5]), sid)
call('PEXPIRE', lease_key(name), ARGV[2])
return { 'CONFIRMED' }
