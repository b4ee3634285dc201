-- Ends one session and tells of it. KEYS: session, index. ARGV: sid, channel of endings.
redis.call('ZREM', KEYS[2], ARGV[1])
local ended = redis.call('DEL', KEYS[1])
if ended == 1 then redis.call('PUBLISH', ARGV[2], ARGV[1]) end
return ended
