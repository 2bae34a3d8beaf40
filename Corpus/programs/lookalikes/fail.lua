-- Lua: a traceback of its own.
local function divide(a, b)
  if b == 0 then error({ code = 1 }) end
  return a // b
end
print(xpcall(divide, debug.traceback, 1))
local co = coroutine.create(function() local t = nil; return t.at end)
print(coroutine.resume(co))
print(debug.traceback(co))
local function place(id) return nil .. id end
place("order")
