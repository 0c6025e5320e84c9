-- config_write: replaces or deletes one configuration, unless it, or what it was checked against, has changed.
-- uses: prelude
-- ARGV[3] merchant ('' the tier config)   ARGV[4] sha1 of what it replaces ('' nothing)   ARGV[5] text ('' deletes)
-- ARGV[6] token, of this write alone, by which its repeat is known
-- ARGV[7] number of the last write that was known   ARGV[8] sha1 of the tier config that was known; '-' any, both
-- Replies WRITTEN and the sha1 of the text, CHANGED, or RECOVERING while the gate is closed.
local WRITES, REMEMBERED = P .. 'config:writes', 1000
local tiers, merchants = P .. 'tier:config', P .. 'merchant:config'
local function sha1(value) return type(value) == 'string' and value ~= '' and redis.sha1hex(value) or '' end
if call('ZSCORE', WRITES, ARGV[6]) then return { 'WRITTEN', sha1(ARGV[5]) } end
if call('EXISTS', KEYS[1]) == 0 then return { 'RECOVERING' } end
local own, known = ARGV[3] ~= '', sha1((try('GET', tiers)))
local present = known
if own then present = sha1((try('HGET', merchants, ARGV[3]))) end
local last = tonumber(call('ZREVRANGE', WRITES, 0, 0, 'WITHSCORES')[2]) or 0
if present ~= ARGV[4] or ARGV[7] ~= '-' and last ~= tonumber(ARGV[7]) or ARGV[8] ~= '-' and known ~= ARGV[8] then
  return { 'CHANGED' }
end
if ARGV[5] == '' then
  if own then call('HDEL', merchants, ARGV[3]) else call('DEL', tiers) end
elseif own then
  call('HSET', merchants, ARGV[3], ARGV[5])
else
  call('SET', tiers, ARGV[5])
end
call('ZADD', WRITES, last + 1, ARGV[6])
call('ZREMRANGEBYRANK', WRITES, 0, -REMEMBERED - 1)
return { 'WRITTEN', sha1(ARGV[5]) }
