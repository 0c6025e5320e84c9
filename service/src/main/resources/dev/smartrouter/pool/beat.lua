-- beat: a router says that it lives, and hears the time, the gate and who else does.
-- uses: prelude
-- ARGV[3] router
-- Replies BEAT, the time in ms, gen ('' while the gate is closed), round ('' none), and the routers alive.
local DEAD_AFTER_MS = 30000
local routers = P .. 'routers'
call('ZADD', routers, ms(NOW), ARGV[3])
call('ZREMRANGEBYSCORE', routers, '-inf', ms(NOW - DEAD_AFTER_MS))
local reply = { 'BEAT', ms(NOW), call('GET', KEYS[1]) or '', call('GET', P .. 'state:round') or '' }
for _, router in ipairs(call('ZRANGE', routers, 0, -1)) do reply[#reply + 1] = router end
return reply
