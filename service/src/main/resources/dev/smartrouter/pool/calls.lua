-- calls: reads live calls, each with the incarnation number and pool of its pod. Writes nothing.
-- uses: prelude
-- ARGV[3..] sids
-- Replies for each that is live: sid, deadline in ms, inc_no, pool, and the record.
local live = {}
for i = 3, #ARGV do
  local record = try('HGETALL', call_key(ARGV[i]))
  local name
  if not record.err then
    for f = 1, #record, 2 do if record[f] == 'pod_name' then name = record[f + 1] end end
  end
  if name then
    local pod = load(name)
    live[#live + 1] = {
      ARGV[i], call('ZSCORE', EXPIRY, ARGV[i]) or '0', pod and ms(pod.inc_no) or '0', pod and pod.pool or '', record,
    }
  end
end
return live
