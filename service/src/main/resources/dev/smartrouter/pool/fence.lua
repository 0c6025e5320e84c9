-- The fence: a leader's writes carry its token, and one smaller than any seen before is refused. Where no leader is
-- elected there is no token (nil), and nothing to fence.
local function fenced(epoch)
  if not epoch then return false end
  local stored = tonumber(call('GET', P .. 'leader:epoch')) or 0
  if epoch > stored then call('SET', P .. 'leader:epoch', ms(epoch)) end
  return epoch < stored
end
