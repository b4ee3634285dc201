-- Ends the user's sessions but for one. KEYS: index. ARGV: base of session keys, sid to keep (or '').
local ended = {}
for _, sid in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if sid ~= ARGV[2] then
    if redis.call('DEL', ARGV[1] .. sid) == 1 then ended[#ended + 1] = sid end
    redis.call('ZREM', KEYS[1], sid)
  end
end
return ended
