-- The campaign language, as far as it is Lua. Trusted: runs once, before any campaign file, with the debug library that campaigns never see.
-- `host(op, ...)` is a leaf call into the program; it answers true and a value, or false and a message, and never raises: errors are
-- raised here, in Lua, because an error must not jump over a managed frame.
local host, expired, debug, HOST = ...

local raise, type, tostring, select, next, rawget, rawset, rawequal = error, type, tostring, select, next, rawget, rawset, rawequal
local setmetatable, getmetatable, pcall, xpcall, load, ipairs = setmetatable, getmetatable, pcall, xpcall, load, ipairs
local co_create, co_resume, co_yield, co_running = coroutine.create, coroutine.resume, coroutine.yield, coroutine.running
local co_isyieldable, co_status = coroutine.isyieldable, coroutine.status
local getinfo, sethook, traceback = debug.getinfo, debug.sethook, debug.traceback
local sort, concat = table.sort, table.concat
local s_rep, t_move, t_insert, t_remove, t_concat, t_unpack, math_type = string.rep, table.move, table.insert, table.remove, table.concat, table.unpack, math.type

local MOST = 1 << 26 -- elements or bytes that one library call may produce; what takes longer could not be interrupted
local killed = setmetatable({}, { __mode = "k" })

local origin = setmetatable({}, { __mode = "k" })

-- The line that called into the prelude: the first frame from outside it.
local function where()
  for level = 2, 30 do
    local info = getinfo(level, "Sl")
    if not info then break end
    if info.what ~= "C" and info.source ~= "=prelude" and info.currentline > 0 then
      return info.source:sub(2) .. ":" .. info.currentline
    end
  end
  -- A tail call has taken the caller's frame: the function that the program called is the nearest that is known.
  local f = origin[co_running()]
  local info = f and getinfo(f, "S")
  return info and info.source ~= "=prelude" and info.source:sub(2) .. ":" .. info.linedefined or ""
end

local function fail(message)
  local place = where()
  raise(place == "" and message or place .. ": " .. message, 0)
end

local function ask(op, ...)
  local ok, answer = host(op, where(), ...)
  if not ok then fail(answer) end
  return answer
end

-- Armed by the program's hook when the time is over: raises at the next instruction, once with a grace for cleanups, then always.
local function starved()
  expired(true)
  raise("the campaign asks for more memory than it may have", 2)
end
local function soft()
  killed[co_running()] = true
  expired(false)
  raise("the time limit for running without calling the testbed is over; is there a loop without an end?", 2)
end
local function arm(memory) sethook(memory and starved or soft, "", 1) end

-- Effects: a step runs in a coroutine and yields its requests; the answer comes back as true and a value, or false and a message.
local function answer(ok, value)
  if ok then return value end
  fail(value)
end
local function call(op, ...)
  if not co_isyieldable() then
    fail("'" .. op .. "' acts on the testbed; call it in setup, measure or teardown")
  end
  return answer(co_yield(HOST, op, where(), ...))
end

-- A campaign's own coroutines hand requests of the program through.
local function step(co, ok, tag, ...)
  if ok and rawequal(tag, HOST) then return step(co, co_resume(co, co_yield(HOST, ...))) end
  return ok, tag, ...
end
local function resume(co, ...) return step(co, co_resume(co, ...)) end

local function handler(e)
  return { message = type(e) == "string" and e or where() .. ": " .. (type(e) == "table" and "an error with a table was raised" or tostring(e)), traceback = traceback("", 2) }
end
local function fiber(f, ...)
  origin[co_running()] = f
  return xpcall(f, handler, ...)
end

local function sorted(t)
  local keys = {}
  for k in next, t do keys[#keys + 1] = k end
  sort(keys, function(a, b)
    local ta, tb = type(a), type(b)
    if ta ~= tb then return ta < tb end
    if ta == "number" or ta == "string" then return a < b end
    return tostring(a) < tostring(b)
  end)
  local i = 0
  return function()
    i = i + 1
    local k = keys[i]
    if k ~= nil then return k, t[k] end
  end
end

local function bounded(n, what)
  if n > MOST then fail(what .. " would make " .. n .. " elements; at most " .. MOST .. " are allowed") end
end

-- ---------------------------------------------------------------- what a campaign sees
local env = {}
local G = env

for _, name in ipairs { "assert", "error", "ipairs", "rawequal", "rawget", "rawlen", "rawset", "select", "tonumber", "type", "pcall" } do
  G[name] = _ENV[name]
end
G._G, G._VERSION = env, _VERSION

function G.tostring(v)
  if type(v) == "table" and not (getmetatable(v) or {}).__tostring then return "table" end
  if type(v) == "function" or type(v) == "thread" or type(v) == "userdata" then return type(v) end
  return tostring(v)
end
function G.pairs(t)
  if type(t) ~= "table" then fail("pairs wants a table, got " .. type(t)) end
  local mt = getmetatable(t)
  if mt and mt.__pairs then return mt.__pairs(t) end
  return sorted(t)
end
function G.setmetatable(t, mt)
  if type(mt) == "table" and rawget(mt, "__gc") ~= nil then fail("__gc is not available to campaigns") end
  return setmetatable(t, mt)
end
function G.getmetatable(t)
  if type(t) == "string" then return nil end
  return getmetatable(t)
end
function G.xpcall(f, h, ...)
  -- The handler runs after unwinding: within a hook's error, hooks are off and a loop in it could not be stopped.
  local r = table.pack(xpcall(f, handler, ...))
  if r[1] then return t_unpack(r, 1, r.n) end
  return false, h(r[2].message)
end
function G.load(chunk, name, mode, e)
  if type(chunk) ~= "string" then fail("load wants a string") end
  return load(chunk, "=load", "t", e or env)
end
G.print = function(...)
  local parts = {}
  for i = 1, select("#", ...) do parts[i] = tostring((select(i, ...))) end
  local text = concat(parts, "\t")
  if co_isyieldable() then call("log", text) else ask("print", text) end
end

local function copy(source, without)
  local t = {}
  for k, v in next, source do t[k] = v end
  for _, k in ipairs(without or {}) do t[k] = nil end
  return t
end
G.math, G.utf8 = copy(math, { "randomseed" }), copy(utf8)
G.string = copy(string, { "dump" })
G.string.rep = function(s, n, sep)
  if type(s) ~= "string" and type(s) ~= "number" then fail("string.rep wants a string") end
  if type(n) ~= "number" then fail("string.rep wants a number of repetitions") end
  if n > 0 then
    bounded((#tostring(s) + #tostring(sep or "")) * n, "string.rep")
    bounded(n, "string.rep")
  end
  return s_rep(s, n, sep)
end
G.table = copy(table)
G.table.move = function(a, f, e, t, b) bounded(e - f, "table.move") return t_move(a, f, e, t, b or a) end
G.table.insert = function(t, ...) bounded(#t, "table.insert") return t_insert(t, ...) end
G.table.remove = function(t, ...) bounded(#t, "table.remove") return t_remove(t, ...) end
G.table.concat = function(t, s, i, j) bounded((j or #t) - (i or 1), "table.concat") return t_concat(t, s, i, j) end
G.table.unpack = function(t, i, j) bounded((j or #t) - (i or 1), "table.unpack") return t_unpack(t, i, j) end
getmetatable("").__index = G.string

G.coroutine = copy(coroutine)
G.coroutine.resume = function(co, ...)
  return resume(co, ...)
end
G.coroutine.wrap = function(f)
  local co = co_create(f)
  local function finish(ok, ...)
    if ok then return ... end
    raise((...), 0)
  end
  return function(...) return finish(resume(co, ...)) end
end
G.coroutine.close = function(co)
  if killed[co] then return false, "ended by the time limit" end
  return coroutine.close(co)
end

-- declarations
for _, name in ipairs { "campaign", "profile", "axis", "zip", "derive", "exclude", "repeats", "order", "boot", "configure", "setup", "measure", "teardown", "report", "gate" } do
  G[name] = function(...) return ask(name, ...) end
end

local params = {}
G.param = setmetatable({}, {
  __call = function(_, name, default, help)
    local value = ask("param", name, default, help)
    if type(name) == "string" then params[name] = value end
    return value
  end,
  __index = function(_, name)
    local value = params[name]
    if value == nil then fail("there is no parameter '" .. tostring(name) .. "'; declare it with param(\"" .. tostring(name) .. "\", default)") end
    return value
  end,
  __newindex = function(_, name) fail("a parameter is set on the command line (--set " .. tostring(name) .. "=…), not in the file") end,
})

function G.template(name, values) return ask("template", name, values or {}) end

local loaded = {}
function G.require(name)
  local module = loaded[name]
  if module == nil then
    local source = ask("require", name)
    local chunk, message = load(source[2], "=" .. source[1], "t", env)
    if not chunk then raise(message, 0) end
    host("dump", "", chunk)
    loaded[name] = true
    module = chunk()
    if module == nil then module = true end
    loaded[name] = module
  end
  return module
end

-- effects
function G.latency(options)
  if co_isyieldable() then return call("latency", options) end
  return ask("latency", options)
end
for _, name in ipairs { "traffic", "sleep", "log", "record", "artefact" } do
  G[name] = function(...) return call(name, ...) end
end
function G.parallel(branches)
  if type(branches) ~= "table" then fail("parallel wants a table of functions") end
  for i, f in ipairs(branches) do
    if type(f) ~= "function" then fail("branch " .. i .. " of parallel is no function") end
  end
  return call("parallel", t_unpack(branches))
end
function G.retry(times, f, pause)
  if math_type(times) ~= "integer" or times < 1 then fail("retry wants a number of attempts, at least 1") end
  if type(f) ~= "function" then fail("retry wants a function as its second argument") end
  for attempt = 1, times do
    local r = table.pack(pcall(f, attempt))
    if r[1] then return t_unpack(r, 2, r.n) end
    if attempt == times then raise(r[2], 0) end
    call("log", "attempt " .. attempt .. " of " .. times .. " failed: " .. tostring(r[2]))
    if pause then call("sleep", pause) end
  end
end

local Process = {}
Process.__index = { stop = function(self, options) return call("stop", self.handle, options) end }
local Host = {}
Host.__index = {
  spawn = function(self, command) return setmetatable({ handle = call("spawn", self.name, command) }, Process) end,
}
for _, name in ipairs { "run", "try", "write", "upload", "download", "facts", "forward", "disturb" } do
  Host.__index[name] = function(self, ...) return call(name, self.name, ...) end
end
setmetatable(Host.__index, { __index = function(_, name) fail("a host has no function '" .. tostring(name) .. "'; it has disturb, download, facts, forward, run, spawn, try, upload, write") end })

local function hosts(names)
  local tb, list = {}, {}
  for _, name in ipairs(names) do
    tb[name] = setmetatable({ name = name }, Host)
    list[#list + 1] = name
  end
  return setmetatable(tb, { __index = function(_, name) fail("the testbed has no host or role '" .. tostring(name) .. "'; it has " .. concat(list, ", ")) end })
end

setmetatable(env, {
  __index = function(_, name)
    if co_isyieldable() then fail("there is no global '" .. tostring(name) .. "'") end
    ask("undefined", name)
    -- The file goes on, so that its other mistakes are found, too.
    return function() end
  end,
})

local function readonly(t, what, known)
  return setmetatable({}, {
    __index = function(_, k)
      if known and not known[k] then fail(what .. " has no '" .. tostring(k) .. "'") end
      return t[k]
    end,
    __newindex = function() fail(what .. " cannot be changed") end,
    __pairs = function() return sorted(t) end,
  })
end

-- Calls a pure function of a cell and says which names it read, in their order: as long as those have the same values, it would answer the same.
local function traced(f, cell, ...)
  local reads = {}
  origin[co_running()] = f
  local proxy = setmetatable({}, {
    __index = function(_, name)
      local value = cell[name]
      reads[#reads + 1] = name
      return value
    end,
    __newindex = function() fail("a cell cannot be changed") end,
    __pairs = function()
      for _, name in ipairs(getmetatable(cell).names) do reads[#reads + 1] = name end
      return sorted(cell)
    end,
  })
  return reads, f(proxy, ...)
end

-- A set-up answers what it has read of its cell: where that is the same, setting up again would do the same.
local function observed(f, cell, tb)
  return (traced(f, cell, tb))
end

-- Cells: unknown names are mistakes, names of axes that do not apply are nil.
local function cells(names)
  local known = {}
  for _, name in ipairs(names) do known[name] = true end
  local list = concat(names, ", ")
  return {
    names = names,
    __index = function(_, name)
      if known[name] then return nil end
      fail("the cell has no axis '" .. tostring(name) .. "'; it has " .. list)
    end,
    __newindex = function() fail("a cell cannot be changed") end,
  }
end

return {
  arm = arm,
  fiber = fiber,
  handler = handler,
  hosts = hosts,
  cells = cells,
  traced = traced,
  observed = observed,
  declare = function(name) G[name] = function(...) return ask(name, ...) end end,
  env = env,
  define = function(name, value) rawset(env, name, type(value) == "table" and readonly(value, name) or value) end,
  load = function(source, name) return load(source, "=" .. name, "t", env) end,
}
