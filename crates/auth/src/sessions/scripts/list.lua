-- The user's sessions, the newest first. KEYS: index, epoch. ARGV: base of session keys, then the names
-- of the fields. Answers rows of sid and fields; the caller leaves out what has run out.
local epoch = redis.call('GET', KEYS[2])
local rows = {}
if not epoch then return rows end
for _, sid in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
  local key = ARGV[1] .. sid
  local own = redis.call('HGET', key, 'epoch')
  if own and tonumber(own) >= tonumber(epoch) then
    local row = redis.call('HMGET', key, unpack(ARGV, 2))
    table.insert(row, 1, sid)
    rows[#rows + 1] = row
  end
end
return rows
