-- Begins an attempt, which counts as failed until it is known better. KEYS: attempts. ARGV: now, free
-- failures, first wait, longest wait, how long failures are kept. Answers the wait, 0 if it may go. Times in µs.
local now, kept = tonumber(ARGV[1]), tonumber(ARGV[5])
local a = redis.call('HMGET', KEYS[1], 'failures', 'last')
local failures, last = tonumber(a[1] or '0'), math.min(tonumber(a[2] or '0'), now)
if now - last >= kept then failures = 0 end
local more = failures - tonumber(ARGV[2])
if more >= 0 then
  local wait = last + math.min(tonumber(ARGV[3]) * 2 ^ more, tonumber(ARGV[4])) - now
  if wait > 0 then
    -- Written by a clock ahead of ours.
    if tonumber(a[2]) > now then redis.call('HSET', KEYS[1], 'last', ARGV[1]) end
    return wait
  end
end
redis.call('HSET', KEYS[1], 'failures', string.format('%.0f', failures + 1), 'last', ARGV[1],
  'before', string.format('%.0f', last))
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', kept / 1000))
return 0
