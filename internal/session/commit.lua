-- ARGV 1 now (as in the conversation), 2 token, 3 version, 4 '1' if limited,
-- 5 state, 6 reply. Answers
--   o                  saved
--   c<version><state>  not saved: conflict
--   d<reply>, r        not saved: another delivery took the message
if reply then return 'd' .. reply end
-- A claim that ran out and that nobody took is still ours.
if claim and claim ~= ARGV[2] then return 'r' end

local keep = ARGV[4] ~= '1'
local value, life = 'done:' .. ARGV[6], 120000
local answer = 'o'
if keep and version ~= ARGV[3] then
  value, life = 'running:' .. ARGV[2], 6000
  answer = 'c' .. version .. state
elseif keep then
  version, state = ARGV[2], ARGV[5]
end
