-- census: counts pools. Writes nothing.
-- uses: prelude
-- ARGV[3] limit: the pods of a pool of more than this many are not looked at one by one
-- ARGV[4..] pool, mode, capacity
-- Replies the number of live calls, then for each pool: assigned, available, calls and draining (both -1 past limit).
local reply = { tostring(call('ZCARD', EXPIRY)) }
for i = 4, #ARGV, 3 do
  local pool = ARGV[i]
  local available, assigned = available_key(pool), try('SCARD', assigned_key(pool))
  if type(assigned) ~= 'number' then assigned = 0 end
  local kind, ready = call('TYPE', available).ok, 0
  if kind == 'set' then ready = call('SCARD', available) end
  if kind == 'zset' then ready = call('ZCOUNT', available, '-inf', '(' .. ARGV[i + 2]) end
  local calls, draining = -1, -1
  if assigned <= tonumber(ARGV[3]) then
    calls, draining = 0, 0
    for _, name in ipairs(assigned > 0 and call('SMEMBERS', assigned_key(pool)) or {}) do
      local n = try('SCARD', calls_key(name))
      calls = calls + (type(n) == 'number' and n or 0)
      draining = draining + call('EXISTS', draining_key(name))
    end
  end
  reply[#reply + 1] = { tostring(assigned), tostring(ready), tostring(calls), tostring(draining) }
end
return reply
