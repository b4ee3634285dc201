-- Ends one session. KEYS: session, index. ARGV: sid.
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('DEL', KEYS[1])
