-- ARGV 1 now (as in the conversation), 2 token, 3 version, 4 save, limited or
-- erase, 5 state, 6 reply, 7 life of the records, then three for each record:
-- its field, the value it must still have, the one it gets; '' is none.
-- Answers
--   o            saved
--   c            not saved: conflict; the conversation follows
--   d<reply>, r  not saved: another delivery took the message
if reply then return 'd' .. reply end
-- A claim that ran out and that nobody took is still ours.
if claim and claim ~= ARGV[2] then return 'r' end

local keep = ARGV[4] ~= 'limited'
local told = keep and version ~= ARGV[3]
if keep and #ARGV > 7 then
  local kind = redis.call('TYPE', KEYS[3]).ok
  if kind ~= 'hash' and kind ~= 'none' then redis.call('DEL', KEYS[3]) end
  for i = 8, #ARGV, 3 do
    told = told or (redis.call('HGET', KEYS[3], ARGV[i]) or '') ~= ARGV[i + 1]
  end
end

local value, life = 'done:' .. ARGV[6], 120000
local answer = 'o'
if told then
  value, life = 'running:' .. ARGV[2], 6000
  answer = 'c'
elseif keep then
  version, state = ARGV[2], ARGV[5]
  if ARGV[4] == 'erase' then
    for i = 1, #recent, 15 do
      redis.call('DEL', string.sub(KEYS[1], 1, -2) .. 'm:' .. string.sub(recent, i, i + 10))
    end
    redis.call('DEL', KEYS[1], KEYS[3], string.sub(KEYS[1], 1, -2) .. 'q')
    recent, keep = '', state ~= ''
  end
  for i = 8, #ARGV, 3 do
    if ARGV[i + 2] == '' then
      redis.call('HDEL', KEYS[3], ARGV[i])
    else
      redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 2])
    end
  end
  if #ARGV > 7 then redis.call('PEXPIRE', KEYS[3], ARGV[7]) end
end
