-- members: reads the names in a pool's keys, a page at a time. Writes nothing.
-- uses: prelude
-- ARGV[3] pool   ARGV[4] which (assigned|available)   ARGV[5] cursor
-- Replies the next cursor ('0' at the end) and the names.
local key = ARGV[4] == 'assigned' and assigned_key(ARGV[3]) or available_key(ARGV[3])
local kind = call('TYPE', key).ok
if kind == 'set' then return call('SSCAN', key, ARGV[5], 'COUNT', 500) end
if kind ~= 'zset' then return { '0', {} } end
local page, names = call('ZSCAN', key, ARGV[5], 'COUNT', 500), {}
for i = 1, #page[2], 2 do names[#names + 1] = page[2][i] end
return { page[1], names }
