-- Starts a session, lifts the epoch if it is behind, ends the user's sessions that this voids, and lets the
-- oldest leave. Answers which ones were ended.
-- KEYS: session, epoch, index. ARGV: sid, epoch, created, time to live of the session (ms), of the
-- other keys (ms), most sessions, base of session keys, channel of endings, then the fields of the session.
local epoch = tonumber(redis.call('GET', KEYS[2]) or '0')
if tonumber(ARGV[2]) >= epoch then
  epoch = tonumber(ARGV[2])
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[5])
else
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
end
redis.call('HSET', KEYS[1], unpack(ARGV, 9))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[5])
local ended, others = {}, {}
local function finish(sid)
  redis.call('DEL', ARGV[7] .. sid)
  redis.call('ZREM', KEYS[3], sid)
  redis.call('PUBLISH', ARGV[8], sid)
  ended[#ended + 1] = sid
end
for _, sid in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  if sid ~= ARGV[1] then
    local own = redis.call('HGET', ARGV[7] .. sid, 'epoch')
    if not own then
      redis.call('ZREM', KEYS[3], sid)
    elseif tonumber(own) < epoch then
      finish(sid)
    else
      others[#others + 1] = sid
    end
  end
end
for at = 1, #others + 1 - tonumber(ARGV[6]) do
  finish(others[at])
end
return ended
