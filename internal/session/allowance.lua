-- KEYS 1 the allowance: 4 bytes when the long window ends (seconds, big-endian),
-- 1 how many messages it has left, and the same 5 for the short one.
-- ARGV 1 now, 2 take, or the window that one is given back to. Answers
--   long, short  one was taken from it, or given back
--   none         nothing is left in what is open
--   unknown      no window is known to be open
local ledger = redis.call('MGET', KEYS[1])[1]
if not ledger or #ledger ~= 10 then return 'unknown' end

local answer = 'unknown'
for _, window in ipairs({{'short', 6}, {'long', 1}}) do
  local name, from = window[1], window[2]
  local left = string.byte(ledger, from + 4, from + 4)
  -- Big-endian numbers compare as texts do.
  if ARGV[1] < string.sub(ledger, from, from + 3) then
    local given = ARGV[2] == name
    if given or (ARGV[2] == 'take' and left > 0) then
      left = given and left + 1 or left - 1
      ledger = string.sub(ledger, 1, from + 3) .. string.char(left) .. string.sub(ledger, from + 5)
      redis.call('SET', KEYS[1], ledger, 'KEEPTTL')
      return name
    end
    answer = 'none'
  end
end
return answer
