-- glance: reads a page of a pool's pods, as people want to see them. Writes nothing.
-- uses: prelude
-- ARGV[3] pool   ARGV[4] cursor
-- Replies the next cursor ('0' at the end), then of each pod: name, pool, status, calls, draining(1|0), ready(1|0),
-- term(1|0), held(1|0), inc, inc_no. What only the documented keys know is left out until an audit adopts it.
local key = assigned_key(ARGV[3])
if call('TYPE', key).ok ~= 'set' then return { '0' } end
local page = call('SSCAN', key, ARGV[4], 'COUNT', 100)
local seen = { page[1] }
for _, name in ipairs(page[2]) do
  local pod = load(name)
  if pod then
    seen[#seen + 1] = {
      pod.name, pod.pool, call('HGET', pod_key(name), 'status') or 'unavailable', tostring(pod.n),
      pod.draining and '1' or '0', pod.ready and '1' or '0', pod.term and '1' or '0', pod.hold > NOW and '1' or '0',
      pod.inc, ms(pod.inc_no),
    }
  end
end
return seen
