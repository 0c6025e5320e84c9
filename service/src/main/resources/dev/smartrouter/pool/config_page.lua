-- config_page: reads the merchants' configurations, a page at a time. Writes nothing.
-- uses: prelude
-- ARGV[3] cursor
-- Replies the next cursor ('0' at the end), then merchant, text and its sha1 of each.
local page = try('HSCAN', P .. 'merchant:config', ARGV[3], 'COUNT', 100)
if page.err then return { '0' } end
local reply = { page[1] }
for i = 1, #page[2], 2 do
  reply[#reply + 1] = { page[2][i], page[2][i + 1], redis.sha1hex(page[2][i + 1]) }
end
return reply
