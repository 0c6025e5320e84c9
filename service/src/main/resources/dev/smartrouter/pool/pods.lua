-- pods: reads what is known of pods, each with its calls. Writes nothing.
-- uses: prelude
-- ARGV[3..] pods, at most 100
-- Replies for each that is registered: name, pool, status, inc, inc_no, ready, term, hold, draining_ms left, lease,
-- metadata, then its calls.
local seen = {}
for i = 3, #ARGV do
  local pod = load(ARGV[i])
  if pod then
    local lease, metadata = try('GET', lease_key(pod.name)), try('HGET', METADATA, pod.name)
    local facts = {
      pod.name, pod.pool, call('HGET', pod_key(pod.name), 'status') or 'unavailable', pod.inc, ms(pod.inc_no),
      pod.ready and '1' or '0', pod.term and '1' or '0', ms(pod.hold),
      pod.draining and tostring(call('PTTL', draining_key(pod.name))) or '',
      type(lease) == 'string' and lease or '', type(metadata) == 'string' and metadata or '',
    }
    for _, sid in ipairs(call('SMEMBERS', calls_key(pod.name))) do facts[#facts + 1] = sid end
    seen[#seen + 1] = facts
  end
end
return seen
