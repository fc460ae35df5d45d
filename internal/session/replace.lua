-- KEYS 1 the records. ARGV 1 a field, 2 the value it must still have, 3 the one
-- it gets, 4 how long the first record lives. '' is none.
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 'c' end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
end
return 'o'
