-- config_read: reads one configuration as it is stored, and the tier config. Writes nothing.
-- uses: prelude
-- ARGV[3] merchant ('' reads the tier config alone)
-- Replies whether the gate is open (1|0), the number of the last write, then the text and its sha1 (both '' if there is
-- none), then those of the tier config.
local function text(value) return type(value) == 'string' and value or '' end
local function sha1(value) return value == '' and '' or redis.sha1hex(value) end
local tiers = text((try('GET', P .. 'tier:config')))
local own = ARGV[3] == '' and tiers or text((try('HGET', P .. 'merchant:config', ARGV[3])))
local last = try('ZREVRANGE', P .. 'config:writes', 0, 0, 'WITHSCORES')
return {
  tostring(call('EXISTS', KEYS[1])), ms(tonumber(last[2]) or 0), own, sha1(own), tiers, sha1(tiers),
}
