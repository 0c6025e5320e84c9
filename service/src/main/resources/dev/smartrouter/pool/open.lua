-- open: ends a round of recovery; calls are served again.
-- uses: prelude fence
-- ARGV[3] epoch ('' without a leader)   ARGV[4] gen   ARGV[5] round
-- Replies OPENED, also to who has opened it so and did not hear; STALE (the round is not that one); FENCED.
if fenced(tonumber(ARGV[3])) then return { 'FENCED' } end
if call('GET', KEYS[1]) == ARGV[4] then return { 'OPENED' } end
if call('GET', P .. 'state:round') ~= ARGV[5] then return { 'STALE' } end
call('SET', KEYS[1], ARGV[4])
call('SET', P .. 'state:run_id', (string.match(call('INFO', 'server'), 'run_id:(%x+)')))
call('DEL', P .. 'state:round', P .. 'state:acks')
return { 'OPENED' }
