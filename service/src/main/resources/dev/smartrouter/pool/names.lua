-- names: reads names, a page at a time: of the store's keys, or of the members of one. Writes nothing.
-- uses: prelude
-- ARGV[3] cursor   ARGV[4] the key whose members to read, without its prefix ('' reads the names of keys)
-- Replies the next cursor ('0' at the end) and the names.
local SLICE = 100
if ARGV[4] == '' then
  local page = call('SCAN', ARGV[3], 'MATCH', (string.gsub(P, '[%[%]?*\\]', '\\%0')) .. '*', 'COUNT', SLICE)
  for i, key in ipairs(page[2]) do page[2][i] = string.sub(key, #P + 1) end
  return page
end
local key = P .. ARGV[4]
local kind = call('TYPE', key).ok
if kind == 'set' then return call('SSCAN', key, ARGV[3], 'COUNT', SLICE) end
if kind ~= 'zset' then return { '0', {} } end
local page, names = call('ZSCAN', key, ARGV[3], 'COUNT', SLICE), {}
for i = 1, #page[2], 2 do names[#names + 1] = page[2][i] end
return { page[1], names }
