-- One request (GCRA). KEYS: when the next is due. ARGV: now, interval, burst, how much longer the key is
-- kept, all in µs. Answers the wait in µs, 0 if it may pass.
local now, interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local due = tonumber(redis.call('GET', KEYS[1]) or '0')
local ahead = math.min(math.max(due - now, 0), burst)
local wait = math.max(ahead + interval - burst, 0)
-- Nothing has changed, and nothing was written by a clock ahead of ours.
if wait > 0 and due <= now + ahead then return wait end
if wait == 0 then ahead = ahead + interval end
local live = math.ceil((ahead + tonumber(ARGV[4])) / 1000)
redis.call('SET', KEYS[1], string.format('%.0f', now + ahead), 'PX', string.format('%.0f', live))
return wait
