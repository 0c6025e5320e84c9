-- Moves time: every key of the prefix that has a TTL loses this much of it. KEYS[1] the anchor, ARGV[1] ms.
local P = string.sub(KEYS[1], 1, -10)
for _, key in ipairs(redis.call('KEYS', P .. '*')) do
  local left = redis.call('PTTL', key)
  if left >= 0 then
    if left > tonumber(ARGV[1]) then redis.call('PEXPIRE', key, left - ARGV[1]) else redis.call('DEL', key) end
  end
end
