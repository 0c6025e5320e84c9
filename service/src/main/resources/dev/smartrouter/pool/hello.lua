-- hello: the first word on every new connection. A Redis process other than the one that the gate was opened on may
-- have lost writes, so its gate closes.
-- uses: prelude
-- Replies HELLO, the time in ms, and whether the gate is open (1|0).
local run_id = string.match(call('INFO', 'server'), 'run_id:(%x+)')
local stored = call('GET', P .. 'state:run_id')
if stored and stored ~= run_id then
  call('SET', P .. 'state:run_id', run_id)
  call('DEL', KEYS[1], P .. 'state:round', P .. 'state:acks')
elseif not stored then -- never opened: the round that is on goes on, for only at its beginning could its cause be told
  call('DEL', KEYS[1])
  local round = call('GET', P .. 'state:round')
  if round and string.match(round, '[^:]*$') ~= run_id then -- begun in a process that may have lost what was replayed
    call('SET', P .. 'state:round', (string.gsub(round, '[^:]*$', run_id, 1)))
    call('DEL', P .. 'state:acks')
  end
end
return { 'HELLO', ms(NOW), tostring(call('EXISTS', KEYS[1])) }
