-- lead: draws a new fencing token, larger than every one before.
-- uses: prelude
-- ARGV[3] seen, the largest token this replica knows of
-- Replies LEADING and the token.
local stored = tonumber(call('GET', P .. 'leader:epoch')) or 0
local epoch = math.max(stored + 1, ARGV[3] + 1, NOW)
call('SET', P .. 'leader:epoch', ms(epoch))
return { 'LEADING', ms(epoch) }
