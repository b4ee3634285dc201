-- Takes the last attempt back. KEYS: attempts.
local a = redis.call('HMGET', KEYS[1], 'failures', 'before')
if not a[1] then return 0 end
if tonumber(a[1]) <= 1 then return redis.call('DEL', KEYS[1]) end
redis.call('HSET', KEYS[1], 'failures', string.format('%.0f', tonumber(a[1]) - 1), 'last', a[2])
return 1
