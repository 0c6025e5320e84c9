-- adopt_calls: one step of the scan that makes the original's calls ours, before the gate first opens.
-- uses: prelude adopt
-- ARGV[3] cursor   ARGV[4..] pool, mode: the configured pools
-- Replies the next cursor ('0' at the end) and how many calls were adopted.
local pools, adopted = {}, 0
for i = 4, #ARGV, 2 do pools[#pools + 1] = { ARGV[i], ARGV[i + 1] } end
call('ZCARD', EXPIRY)
local from = #call_key('') + 1
local page = call('SCAN', ARGV[3], 'MATCH', (string.gsub(call_key('*'), '[%[%]?\\]', '\\%0')), 'COUNT', 100)
for _, key in ipairs(page[2]) do
  local sid = string.sub(key, from)
  local record = try('HMGET', key, 'pod_name', 'pod_inc', 'source_pool')
  if not record.err and record[1] and not record[2] and string.match(sid, '^[%w._-]+$') then
    local pod = adopt(record[1], pools, record[3])
    if pod then
      adopt_call(sid, pod)
      place(pod)
      adopted = adopted + 1
    end
  end
end
return { page[1], tostring(adopted) }
