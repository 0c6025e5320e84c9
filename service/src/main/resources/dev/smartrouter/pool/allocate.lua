-- allocate: gives a call exactly one pod, the first that the pools of its chain have; the same call, the same pod.
-- uses: prelude adopt
-- ARGV[3] sid           ARGV[4] merchant ('' none)    ARGV[5] cfg, the merchant's config that the chain comes from
-- ARGV[6] token, names this request          ARGV[7] ttl_ms of the record     ARGV[8] deadline_ms from now
-- ARGV[9] not_after, ms on this clock        ARGV[10] ws_url, {pod} in it stands for the pod
-- ARGV[11] provider     ARGV[12] flow        ARGV[13] template
-- ARGV[14] max_calls    ARGV[15] max_cps: the merchant's limits, from its config ('' none)
-- ARGV[16..] pool, max: the steps of the chain
-- Replies EXISTING and the record, NEW and the record and the number of the pod's incarnation, LATE, RECOVERING, CONFIG
-- and the text, LIMIT and which (MAX_CALLS, MAX_CPS, PROBATION), NO_PODS and what each pool said.
local sid, merchant, token = ARGV[3], ARGV[4], ARGV[6]
local LATE_RETRY_MS, PROBATION_MS, MOST_ON_PROBATION, PICKS = 30000, 120000, 100, 16
local key, PACE = call_key(sid), P .. 'merchant:pace'
local late = NOW > tonumber(ARGV[9])

local fields = call('HGETALL', key)
local record = {}
for i = 1, #fields, 2 do record[fields[i]] = fields[i + 1] end
if record.pod_name then
  if not record.pod_inc then
    local pod = adopt(record.pod_name, {}, record.source_pool)
    if pod then
      adopt_call(sid, pod)
      place(pod)
      fields = call('HGETALL', key)
    end
  end
  -- Somebody else is being answered with this pod: the first asker may no longer abandon it.
  if record.token and record.token ~= token and not late then call('HDEL', key, 'token') end
  return { 'EXISTING', fields }
end
if late then return { 'LATE' } end
if call('EXISTS', KEYS[1]) == 0 then return { 'RECOVERING' } end
if merchant ~= '' then
  local text = try('HGET', P .. 'merchant:config', merchant)
  if type(text) ~= 'string' then text = '' end
  if text ~= ARGV[5] then return { 'CONFIG', text } end
end
call('ZSCORE', EXPIRY, sid) -- fails here, before the first write, if the key is not ours

-- A limit that an index of the wrong type hides lets calls in, until the next audit.
local max_calls, max_cps, pace = tonumber(ARGV[14]), tonumber(ARGV[15]), nil
if max_calls then
  local no = merchant_no(merchant)
  local live = try('ZCOUNT', BY_MERCHANT, no, no)
  if type(live) == 'number' and live >= max_calls then return { 'LIMIT', 'MAX_CALLS' } end
end
if max_cps then
  -- When the bucket is full again, which is within a second; each new call puts it off by its share of one.
  local full = tonumber((try('HGET', PACE, merchant))) or 0
  pace = math.max(NOW, math.min(full, NOW + 1000)) + 1000 / max_cps
  if pace > NOW + 1000.5 then return { 'LIMIT', 'MAX_CPS' } end
end
local deadline, ended = tonumber(ARGV[8]), tonumber((try('GET', ended_key(sid))))
if ended and NOW - ended < LATE_RETRY_MS then
  deadline = math.min(deadline, PROBATION_MS)
  -- Nothing else ends so soon, but a call that has lasted a day, or four hours since a loss brought it back.
  local others = call('ZCOUNT', EXPIRY, '(' .. ms(NOW), ms(NOW + PROBATION_MS))
  if others >= MOST_ON_PROBATION then return { 'LIMIT', 'PROBATION' } end
end

local tried = {}

local function take(pod, pool)
  tried[#tried + 1] = pool .. ' took'
  local new = {
    'pod_name', pod.name, 'source_pool', pool, 'merchant_id', merchant, 'allocated_at', ms(NOW), 'pod_inc', pod.inc,
    'provider', ARGV[11], 'flow', ARGV[12], 'template', ARGV[13], 'tried', table.concat(tried, ', '),
    'ws_url', (string.gsub(ARGV[10], '{pod}', pod.name)), 'token', token,
  }
  if #fields > 0 then call('DEL', key) end -- the original's lock
  call('HSET', key, unpack(new))
  call('PEXPIRE', key, ARGV[7])
  call('ZADD', EXPIRY, ms(NOW + deadline), sid)
  call('SADD', calls_key(pod.name), sid)
  if merchant ~= '' then count(sid, merchant) end
  if pace then try('HSET', PACE, merchant, string.format('%.3f', pace)) end
  call('HSET', pod_key(pod.name), 'allocated_at', ms(NOW), 'source_pool', pool)
  call('SET', lease_key(pod.name), sid, 'PX', ARGV[2])
  place(pod)
  return { 'NEW', new, ms(pod.inc_no) }
end

for i = 16, #ARGV, 2 do
  local pool, max = ARGV[i], tonumber(ARGV[i + 1])
  local available = available_key(pool)
  local kind, mode = call('TYPE', available).ok, call('HGET', MODES, pool)
  local set = kind == 'set' and mode ~= 'shared'
  local zset = kind == 'zset' and mode ~= 'exclusive'
  local said = kind == 'none' and 'empty' or (set or zset) and 'full' or 'wrong type'
  if set or zset then
    for _ = 1, PICKS do
      local name = set and call('SRANDMEMBER', available)
        or zset and call('ZRANGEBYSCORE', available, '-inf', '(' .. max, 'LIMIT', 0, 1)[1]
      if not name then break end
      local pod = adopt(name, { { pool, set and 'exclusive' or 'shared' } })
      if pod and pod.pool == pool and free(pod) and pod.n < max then return take(pod, pool) end
      unindex(name, pool)
      if pod then place(pod) end
    end
  end
  tried[#tried + 1] = pool .. ' ' .. said
end
return { 'NO_PODS', table.concat(tried, ', ') }
