-- Raises the user's epoch, carries one session over, and ends those of a lower epoch.
-- KEYS: index, epoch. ARGV: epoch, time to live (ms), base of session keys, now (µs), sid to carry (or ''),
-- channel of endings.
local current = tonumber(redis.call('GET', KEYS[2]) or '0')
local raised = tonumber(ARGV[1])
if ARGV[5] ~= '' and raised > current then
  local key = ARGV[3] .. ARGV[5]
  local s = redis.call('HMGET', key, 'epoch', 'last_seen', 'idle', 'absolute')
  local now = tonumber(ARGV[4])
  if s[1] and tonumber(s[1]) >= current and now < tonumber(s[4])
    and now < tonumber(s[2]) + tonumber(s[3]) then
    redis.call('HSET', key, 'epoch', ARGV[1])
  end
end
if raised >= current then
  current = raised
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
end
local ended = {}
for _, sid in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local key = ARGV[3] .. sid
  local own = redis.call('HGET', key, 'epoch')
  if not own or tonumber(own) < current then
    if redis.call('DEL', key) == 1 then
      redis.call('PUBLISH', ARGV[6], sid)
      ended[#ended + 1] = sid
    end
    redis.call('ZREM', KEYS[1], sid)
  end
end
return ended
