-- Checks a session and notes its use: the one call of every authorised request.
-- KEYS: session, epoch. ARGV: now, generation (or ''), grace, least time between touches. All in µs.
local s = redis.call('HMGET', KEYS[1],
  'epoch', 'gen', 'confirmed', 'rotated', 'last_seen', 'idle', 'absolute', 'role', 'auth_at')
local epoch = redis.call('GET', KEYS[2])
if not s[1] or not epoch then return {'gone'} end
local now = tonumber(ARGV[1])
local last_seen, idle, absolute = tonumber(s[5]), tonumber(s[6]), tonumber(s[7])
if tonumber(s[1]) < tonumber(epoch) or now >= absolute or now >= last_seen + idle then
  return {'gone'}
end
if ARGV[2] ~= '' then
  local given, current = tonumber(ARGV[2]), tonumber(s[2])
  if given == current then
    if s[3] == '0' then redis.call('HSET', KEYS[1], 'confirmed', '1') end
  elseif given ~= current - 1
    or (s[3] == '1' and now > tonumber(s[4]) + tonumber(ARGV[3])) then
    return {'stale'}
  end
end
local seen = s[5]
if now >= last_seen + tonumber(ARGV[4]) then
  seen = ARGV[1]
  redis.call('HSET', KEYS[1], 'last_seen', seen)
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.min(idle, absolute - now) / 1000 + 1000))
end
return {'valid', s[8], s[1], s[9], seen, s[6], s[7]}
