-- merchants: reads all merchant configs, having put those given back where there is none.
-- uses: prelude
-- ARGV[3..] merchant, text: what to put back
-- Replies gen ('' while the gate is closed), then merchant and text of each.
local key = P .. 'merchant:config'
for i = 3, #ARGV, 2 do call('HSETNX', key, ARGV[i], ARGV[i + 1]) end
local all = try('HGETALL', key)
if all.err then all = {} end
table.insert(all, 1, call('GET', KEYS[1]) or '')
return all
