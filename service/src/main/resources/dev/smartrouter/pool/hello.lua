-- hello: the first word on every new connection. A Redis process other than the one that the gate was opened on may
-- have lost writes, so its gate closes.
-- uses: prelude
-- Replies HELLO, the time in ms, and whether the gate is open (1|0).
local run_id = string.match(call('INFO', 'server'), 'run_id:(%x+)')
local stored = call('GET', P .. 'state:run_id')
if stored ~= run_id then
  if stored then call('SET', P .. 'state:run_id', run_id) end -- absent: begin asks whether this is an upgrade
  call('DEL', KEYS[1], P .. 'state:round', P .. 'state:acks')
end
return { 'HELLO', ms(NOW), tostring(call('EXISTS', KEYS[1])) }
