-- Begin and Commit end here: with what they decided in keep (whether the
-- conversation is written), value and life (of the message), answer, and told
-- (whether the conversation follows it), as
--   <version><state>   without records; with them the answer is in capitals
--   <version><length>:<state> and for each <length>:<field><length>:<value>
if keep then
  -- Purge finds a message by the end of its key; it is forgotten when its
  -- reply must have expired.
  local suffix = string.sub(KEYS[2], -11)
  if not string.find(recent, suffix, 1, true) then
    local a, b, c, d = string.byte(ARGV[1], 1, 4)
    local now = ((a * 256 + b) * 256 + c) * 256 + d
    local from = 1
    while from < #recent do
      a, b, c, d = string.byte(recent, from + 11, from + 14)
      local age = now - (((a * 256 + b) * 256 + c) * 256 + d)
      if age < 180 and age > -180 then break end
      from = from + 15
    end
    recent = string.sub(string.sub(recent, from) .. suffix .. ARGV[1], -15 * 64)
  end
  redis.call('SET', KEYS[1], '\1' .. version .. rate .. string.char(#recent / 15) .. recent .. state,
    'PX', 86400000)
end
redis.call('SET', KEYS[2], value, 'PX', life)
if not told then return answer end

-- The error for anything but a hash is a table without a length, too.
local records = redis.pcall('HGETALL', KEYS[3])
if #records == 0 then return answer .. version .. state end
for i = 1, #records do records[i] = #records[i] .. ':' .. records[i] end
return string.upper(answer) .. version .. #state .. ':' .. state .. table.concat(records)
