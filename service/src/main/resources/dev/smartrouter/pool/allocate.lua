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
local gate, ended = unpack(call('MGET', KEYS[1], ended_key(sid)))
if not gate then return { 'RECOVERING' } end
if merchant ~= '' then
  local text = try('HGET', P .. 'merchant:config', merchant)
  if type(text) ~= 'string' then text = '' end
  if text ~= ARGV[5] then return { 'CONFIG', text } end
end

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
local deadline = tonumber(ARGV[8])
ended = tonumber(ended or nil)
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
  call('ZADD', EXPIRY, ms(NOW + deadline), sid) -- the first write: it fails if the key is not ours
  if #fields > 0 then call('DEL', key) end -- the original's lock
  call('HSET', key, unpack(new))
  call('PEXPIRE', key, ARGV[7])
  pod.n = pod.n + call('SADD', calls_key(pod.name), sid)
  if merchant ~= '' then count(sid, merchant) end
  if pace then try('HSET', PACE, merchant, string.format('%.3f', pace)) end
  place(pod, sid)
  return { 'NEW', new, ms(pod.inc_no) }
end

-- The name that a pool offers first, false if none, or an error if its index is of another type than its mode says.
local function first_of(available, mode, max)
  if mode ~= 'shared' then return try('SRANDMEMBER', available) end
  local names = try('ZRANGEBYSCORE', available, '-inf', '(' .. max, 'LIMIT', 0, 1)
  return names.err and names or names[1] or false
end

for i = 16, #ARGV, 2 do
  local pool, max, said = ARGV[i], tonumber(ARGV[i + 1]), 'empty'
  local available, mode = available_key(pool), mode_of(pool)
  if not mode then -- not adopted yet
    local kind = call('TYPE', available).ok
    mode = kind == 'zset' and 'shared' or kind == 'set' and 'exclusive'
    if not mode and kind ~= 'none' then said = 'wrong type' end
  end
  for _ = 1, mode and PICKS or 0 do
    local name = first_of(available, mode, max)
    if type(name) ~= 'string' then
      if name then said = 'wrong type' elseif call('EXISTS', available) == 1 then said = 'full' end
      break
    end
    local pod = adopt(name, { { pool, mode } })
    if pod and pod.pool == pool and free(pod) and pod.n < max then return take(pod, pool) end
    call('ZCARD', EXPIRY) -- fails before the next line writes
    unindex(name, pool)
    if pod then place(pod) end
    said = 'full'
  end
  tried[#tried + 1] = pool .. ' ' .. said
end
return { 'NO_PODS', table.concat(tried, ', ') }
