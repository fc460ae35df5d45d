-- KEYS 2 the records, which read as no message, 3 the allowance. Deletes them,
-- the conversation and the messages it remembers, all of one slot.
for i = 1, #recent, 15 do
  redis.call('DEL', string.sub(KEYS[1], 1, -2) .. 'm:' .. string.sub(recent, i, i + 10))
end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
return 'o'
