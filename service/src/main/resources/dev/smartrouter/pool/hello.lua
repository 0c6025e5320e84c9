-- hello: the first word on every new connection. A Redis process other than the one that the gate was opened on, or that
-- a round of recovery began on, may have lost writes: its gate closes, and the round begins anew, for the same cause.
-- uses: prelude
-- Replies HELLO, the time in ms, and whether the gate is open (1|0).
local run_id = string.match(call('INFO', 'server'), 'run_id:(%x+)')
local stored = call('GET', P .. 'state:run_id')
if stored ~= run_id then
  local round = call('GET', P .. 'state:round')
  call('DEL', KEYS[1], P .. 'state:acks')
  if stored then call('SET', P .. 'state:run_id', run_id) end -- absent: begin asks whether this is an upgrade
  if stored and round then call('SET', P .. 'state:round', string.match(round, '^%a+') .. ':' .. run_id) end
end
return { 'HELLO', ms(NOW), tostring(call('EXISTS', KEYS[1])) }
