-- Starts a session, lifts the epoch if it is behind, and lets the oldest sessions of the user leave.
-- KEYS: session, epoch, index. ARGV: sid, epoch, created, time to live of the session (ms), of the
-- other keys (ms), most sessions, base of session keys, then the fields of the session.
local current = tonumber(redis.call('GET', KEYS[2]) or '0')
if tonumber(ARGV[2]) >= current then
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[5])
else
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
end
redis.call('HSET', KEYS[1], unpack(ARGV, 8))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[5])
for _, sid in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  if redis.call('EXISTS', ARGV[7] .. sid) == 0 then
    redis.call('ZREM', KEYS[3], sid)
  end
end
local surplus = redis.call('ZCARD', KEYS[3]) - tonumber(ARGV[6])
for _, sid in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  if surplus <= 0 then break end
  if sid ~= ARGV[1] then
    redis.call('DEL', ARGV[7] .. sid)
    redis.call('ZREM', KEYS[3], sid)
    surplus = surplus - 1
  end
end
return 1
