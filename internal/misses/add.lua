-- ARGV[2]: the member, [3]: the second it is, [4]: how many members may be, [5]: how many seconds they are kept.
local unit, most = 4294967296, 1000000
local score = redis.call('ZSCORE', KEYS[1], ARGV[2])
local count = score and math.floor(tonumber(score) / unit) or 0
count = math.min(count + 1, most)
redis.call('ZADD', KEYS[1], string.format('%.0f', count * unit + tonumber(ARGV[3])), ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[2])
local excess = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[4])
if excess > 0 then
  -- The newcomer stays, or none would ever get in where all have been counted twice.
  for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, excess)) do
    if excess > 0 and member ~= ARGV[2] then
      redis.call('ZREM', KEYS[1], member)
      redis.call('ZREM', KEYS[2], member)
      excess = excess - 1
    end
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[5])
