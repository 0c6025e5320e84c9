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
    kind = 'empty'
    for i = 4, #ARGV do
      if call('EXISTS', available_key(ARGV[i]), assigned_key(ARGV[i])) > 0 then kind = 'upgrade' end
    end
  end
  round = kind .. ':' .. ARGV[3]
  call('SET', P .. 'state:round', round)
  call('SET', P .. 'state:run_id', (string.match(call('INFO', 'server'), 'run_id:(%x+)')))
end
local reply = { 'ROUND', round, string.match(round, '^%a+') }
for _, router in ipairs(call('SMEMBERS', P .. 'state:acks')) do reply[#reply + 1] = router end
return reply
