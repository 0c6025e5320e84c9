-- Reads the whole keyspace of a prefix. KEYS[1] the anchor.
-- Replies for each key: name without the prefix, type, remaining ms (-1 none), then its content.
local P = string.sub(KEYS[1], 1, -10)
local call, from, all = redis.call, #P + 1, {}
for i, key in ipairs(call('KEYS', P .. '*')) do
  local kind = call('TYPE', key).ok
  local content
  if kind == 'hash' then content = call('HGETALL', key)
  elseif kind == 'set' then content = call('SMEMBERS', key)
  elseif kind == 'zset' then content = call('ZRANGE', key, 0, -1, 'WITHSCORES')
  elseif kind == 'string' then content = { call('GET', key) }
  else content = {} end
  all[i] = { string.sub(key, from), kind, tostring(call('PTTL', key)), content }
end
return all
