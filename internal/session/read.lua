-- Every script begins here: it reads what Redis has into locals.
-- KEYS 1 the conversation, 2 the message, 3 the records.
--
-- A message is running:<token of the claim> or done:<reply>.
-- A conversation is
--   1  layout: 1; anything else, and any other type, counts as none
--   8  version: the token of the turn that wrote the state
--   4  when the rate was last counted (seconds, big-endian)
--   1  lead: how many seconds ahead of then the worker had written
--   4  when the worker was last told to slow down
--   1  how many messages follow
--   15 each: the end of a recent message's key (11), when it began (4)
--   then the state
--
-- The records are a hash.
--
-- There are no functions, for making a handful costs as much as a SET; and
-- string.byte gets both ends, for without them miniredis takes all bytes.
local found = redis.call('MGET', KEYS[1], KEYS[2])

local reply, claim
local text = found[2]
if text then
  if string.sub(text, 1, 5) == 'done:' then
    reply = string.sub(text, 6)
  elseif string.sub(text, 1, 8) == 'running:' then
    claim = string.sub(text, 9)
  end
end

local version, rate, recent, state = '--------', '\0\0\0\0\0\0\0\0\0', '', ''
text = found[1]
if text and #text > 18 and string.byte(text, 1, 1) == 1 then
  local last = 19 + 15 * string.byte(text, 19, 19)
  if #text >= last then
    version, rate = string.sub(text, 2, 9), string.sub(text, 10, 18)
    recent, state = string.sub(text, 20, last), string.sub(text, last + 1)
  end
end
