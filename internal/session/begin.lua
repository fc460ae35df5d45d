-- KEYS 4, if any, the allowance (allowance.lua says what it is).
-- ARGV 1 now (as in the conversation), 2 token, 3 and 4 with an allowance: the
-- window that opens, and what it gets. Answers
--   d<reply>  done
--   r         running
--   f, l, n   fresh, limited, limited with notice: the conversation follows
if reply then return 'd' .. reply end
if claim then return 'r' end

if KEYS[4] then
  local ledger = redis.call('MGET', KEYS[4])[1]
  if not ledger or #ledger ~= 10 then ledger = '\0\0\0\0\0\0\0\0\0\0' end
  if ARGV[3] == 'long' then
    ledger = ARGV[4] .. string.sub(ledger, 6)
  else
    ledger = string.sub(ledger, 1, 5) .. ARGV[4]
  end
  redis.call('SET', KEYS[4], ledger, 'PX', 172800000)
end

local a, b, c, d = string.byte(ARGV[1], 1, 4)
local now = ((a * 256 + b) * 256 + c) * 256 + d
local lead
a, b, c, d, lead = string.byte(rate, 1, 5)
lead = ((a * 256 + b) * 256 + c) * 256 + d + lead - now
-- More than a minute ahead means that the clock was set back.
if lead < 0 or lead > 60 then lead = 0 end

-- A message takes three seconds; ten may be sent ahead.
local answer = 'f'
if lead + 3 <= 30 then
  rate = ARGV[1] .. string.char(lead + 3) .. string.sub(rate, 6)
else
  a, b, c, d = string.byte(rate, 6, 9)
  local since = now - (((a * 256 + b) * 256 + c) * 256 + d)
  if since < 60 and since > -60 then
    answer = 'l'
  else
    answer = 'n'
    rate = ARGV[1] .. string.char(lead) .. ARGV[1]
  end
end

local keep, told = answer ~= 'l', true
local value, life = 'running:' .. ARGV[2], 6000
