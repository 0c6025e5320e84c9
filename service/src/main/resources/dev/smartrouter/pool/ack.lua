-- ack: a router has replayed all it knows into this round.
-- uses: prelude
-- ARGV[3] round   ARGV[4] router
-- Replies ACKED or STALE (another round, or the gate is open).
if call('GET', P .. 'state:round') ~= ARGV[3] then return { 'STALE' } end
call('SADD', P .. 'state:acks', ARGV[4])
return { 'ACKED' }
