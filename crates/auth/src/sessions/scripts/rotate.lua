-- Makes the next generation, or finds that the given one was copied and ends the session.
-- KEYS: session, epoch, index. ARGV: now, generation, grace, sid, channel of endings. Times in µs.
local s = redis.call('HMGET', KEYS[1],
  'epoch', 'gen', 'confirmed', 'rotated', 'last_seen', 'idle', 'absolute')
local epoch = redis.call('GET', KEYS[2])
if not s[1] or not epoch then return {'gone'} end
local now = tonumber(ARGV[1])
local last_seen, idle, absolute = tonumber(s[5]), tonumber(s[6]), tonumber(s[7])
if tonumber(s[1]) < tonumber(epoch) or now >= absolute or now >= last_seen + idle then
  return {'gone'}
end
local given, current = tonumber(ARGV[2]), tonumber(s[2])
if given == current then
  local made = string.format('%.0f', current + 1)
  redis.call('HSET', KEYS[1], 'gen', made, 'confirmed', '0', 'rotated', ARGV[1], 'last_seen', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.min(idle, absolute - now) / 1000 + 1000))
  return {'rotated', made, ARGV[1], s[6], s[7]}
end
if given == current - 1 and (s[3] == '0' or now <= tonumber(s[4]) + tonumber(ARGV[3])) then
  return {'same', s[2], s[5], s[6], s[7]}
end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[3], ARGV[4])
redis.call('PUBLISH', ARGV[5], ARGV[4])
if given > current then return {'ahead'} end
return {'reused'}
