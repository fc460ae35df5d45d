-- KEYS 1 the message. ARGV 1 the reply it must still have, 2 the one it gets.
if redis.call('GET', KEYS[1]) ~= 'done:' .. ARGV[1] then return 'g' end
redis.call('SET', KEYS[1], 'done:' .. ARGV[2], 'PX', 120000)
return 'o'
