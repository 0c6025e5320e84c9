-- ack: a router has replayed all it knows into this round.
-- uses: prelude
-- ARGV[3] round   ARGV[4] router   ARGV[5] whether it remembers the time before the loss (1|0)
-- Replies ACKED or STALE (another round, or the gate is open).
if call('GET', P .. 'state:round') ~= ARGV[3] then return { 'STALE' } end
call('SADD', P .. 'state:acks', ARGV[4])
if ARGV[5] == '1' then call('SADD', P .. 'state:acks', '*memory') end
return { 'ACKED' }
