-- expiring: reads the ids of live calls in the order of their deadlines. Writes nothing.
-- uses: prelude
-- ARGV[3] the deadline to start from, in ms, inclusive   ARGV[4] limit
-- Replies gen ('' while the gate is closed), then sid and deadline of each.
local ids = call('ZRANGEBYSCORE', EXPIRY, ARGV[3], '+inf', 'WITHSCORES', 'LIMIT', 0, tonumber(ARGV[4]))
table.insert(ids, 1, call('GET', KEYS[1]) or '')
return ids
