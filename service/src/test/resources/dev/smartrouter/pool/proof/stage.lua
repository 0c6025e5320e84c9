-- The stage on which a test sets a script: a stopped clock (tests move time by the skew), a Redis process whose name the
-- test chooses, and lots that fall the same way each time.
local real_redis = redis
local redis = { pcall = redis.pcall, sha1hex = redis.sha1hex }
function redis.call(command, ...)
  if command == 'TIME' then return { '1800000000', '0' } end
  if command == 'INFO' then return 'run_id:' .. (real_redis.call('GET', 'stage:run_id') or '0') .. '\r\n' end
  if command == 'SRANDMEMBER' then
    local members = real_redis.call('SMEMBERS', ...)
    table.sort(members)
    return members[1 + string.byte(ARGV[3] or 'a', -1) % math.max(#members, 1)] or false
  end
  return real_redis.call(command, ...)
end
