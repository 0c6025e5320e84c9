-- begin: starts a round of recovery while the gate is closed, or joins the one that is on.
-- uses: prelude
-- ARGV[3] a fresh id for the round   ARGV[4..] the configured pools
-- Replies OPEN, or ROUND, its id and what it recovers from: upgrade (state of the original), empty, or restart.
-- and the routers that have acked; '*memory' among them says that one of them remembers the time before the loss.
local round = call('GET', P .. 'state:round')
if call('EXISTS', KEYS[1]) == 1 then return { 'OPEN' } end
if not round then
  local kind = 'restart'
  if call('EXISTS', P .. 'state:run_id') == 0 then
    local found, ours = false, false
    for i = 4, #ARGV do
      found = found or call('EXISTS', available_key(ARGV[i]), assigned_key(ARGV[i])) > 0
      -- A pod that the cluster told us of, written between the loss and now: this is no state of the original's.
      local name = try('SRANDMEMBER', assigned_key(ARGV[i]))
      local inc = type(name) == 'string' and try('HGET', pod_key(name), 'inc')
      ours = ours or type(inc) == 'string' and inc ~= 'legacy'
    end
    kind = found and not ours and 'upgrade' or 'empty'
  end
  round = kind .. ':' .. ARGV[3]
  call('SET', P .. 'state:round', round)
  call('SET', P .. 'state:run_id', (string.match(call('INFO', 'server'), 'run_id:(%x+)')))
end
local reply = { 'ROUND', round, string.match(round, '^%a+') }
for _, router in ipairs(call('SMEMBERS', P .. 'state:acks')) do reply[#reply + 1] = router end
return reply
