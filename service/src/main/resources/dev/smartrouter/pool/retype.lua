-- retype: sets whether a pool's pods carry one call or several, and rebuilds its index in slices. That no pod has two
-- calls must be read in the same breath as the mode is set, so the first slice towards exclusive counts the calls of
-- all the pool's pods: the one script whose cost grows with a pool, run when an operator changes a tier's type.
-- uses: prelude fence
-- ARGV[3] epoch ('' without a leader)   ARGV[4] pool   ARGV[5] mode   ARGV[6] cursor ('' first)
-- Replies SAME, MORE and a cursor, DONE, BUSY (towards exclusive, and a pod has several calls), FENCED.
local pool, mode, cursor = ARGV[4], ARGV[5], ARGV[6]
local SLICE = 100
call('SCARD', assigned_key(pool))
call('HLEN', MODES)
if fenced(tonumber(ARGV[3])) then return { 'FENCED' } end
if cursor == '' then
  local kind = call('TYPE', available_key(pool)).ok
  local fits = kind == 'none' or kind == (mode == 'shared' and 'zset' or 'set')
  local known = mode_of(pool)
  if fits and known == mode then return { 'SAME' } end
  if fits and not known and kind ~= 'none' then -- set by hand, and as it should be: an audit adopts the members
    set_mode(pool, mode)
    return { 'DONE' }
  end
  if mode == 'exclusive' then
    for _, name in ipairs(call('SMEMBERS', assigned_key(pool))) do
      local n = try('SCARD', calls_key(name))
      if type(n) == 'number' and n > 1 then return { 'BUSY' } end
    end
  end
  call('UNLINK', available_key(pool))
  set_mode(pool, mode)
  cursor = '0'
elseif mode_of(pool) ~= mode then
  return { 'DONE' } -- changed again meanwhile; the later change rebuilds
end
local page = call('SSCAN', assigned_key(pool), cursor, 'COUNT', SLICE)
for _, name in ipairs(page[2]) do
  local pod = load(name)
  if pod and pod.pool == pool then place(pod) end
end
if page[1] == '0' then return { 'DONE' } end
return { 'MORE', page[1] }
