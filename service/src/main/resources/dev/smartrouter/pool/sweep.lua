-- sweep: ends the calls that have outlived their deadline, so that their pods serve again.
-- uses: prelude adopt
-- ARGV[3] limit, how many at most
-- Replies SWEPT and the sids that were ended.
local swept = { 'SWEPT' }
for _, sid in ipairs(call('ZRANGEBYSCORE', EXPIRY, '-inf', ms(NOW), 'LIMIT', 0, tonumber(ARGV[3]))) do
  local record = try('HMGET', call_key(sid), 'pod_name', 'source_pool')
  local name = not record.err and record[1]
  if name then
    local pod = adopt(name, {}, record[2])
    local gone = forget(sid, name)
    if pod then
      pod.n = pod.n - gone
      place(pod)
    end
    swept[#swept + 1] = sid
  else
    unlist(sid) -- its record went by itself; audit clears the pod
  end
end
return swept
