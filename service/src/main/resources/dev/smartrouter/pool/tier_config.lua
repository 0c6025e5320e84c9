-- tier_config: reads the tier config, having written it first if there is none and a text is given.
-- uses: prelude
-- ARGV[3] text to seed ('' reads only)
-- Replies whether it was seeded (1|0), whether there is one (1|0), and the text.
local key, seeded = P .. 'tier:config', false
if ARGV[3] ~= '' then seeded = call('SET', key, ARGV[3], 'NX') and true or false end
local text = call('GET', key)
return { seeded and '1' or '0', text and '1' or '0', text or '' }
