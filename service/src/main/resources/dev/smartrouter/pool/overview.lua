-- overview: reads what there is once in the store. Writes nothing.
-- uses: prelude
-- Replies whether the gate is open (1|0), the largest fencing token, how many routers live, and the tier config.
local DEAD_AFTER_MS = 30000
local function text(key)
  local value = try('GET', P .. key)
  return type(value) == 'string' and value or ''
end
local routers = try('ZCOUNT', P .. 'routers', ms(NOW - DEAD_AFTER_MS), '+inf')
return {
  tostring(call('EXISTS', KEYS[1])), ms(tonumber(text('leader:epoch')) or 0),
  type(routers) == 'number' and tostring(routers) or '0', text('tier:config'),
}
