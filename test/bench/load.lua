-- Sends the requests of a file in turn, each POST with a key of its own, and prints what came of it in one line.
-- With a third argument, each request is sent once, and the run ends with the last.
-- The file: one request a line, its fields parted by tabs: method, path, headers as name=value|name=value, body.

local texts = {}
local at = 0
local serial = 0
local run = ''
local isOnce = false

function init(args)
  run = args[2]
  isOnce = args[3] ~= nil
  for line in io.lines(args[1]) do
    local method, path, given, body = line:match('^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$')
    local headers = {}
    for name, value in given:gmatch('([^=|]+)=([^|]+)') do headers[name] = value end
    if method == 'POST' then
      headers['Content-Type'] = 'application/json'
      headers['Idempotency-Key'] = '@KEY@'
    end
    if body == '' then body = nil end
    local text = wrk.format(method, path, headers, body)
    local from, to = text:find('@KEY@', 1, true)
    if from then texts[#texts + 1] = { text:sub(1, from - 1), text:sub(to + 1) }
    else texts[#texts + 1] = text end
  end
end

function request()
  if isOnce and at == #texts then
    wrk.thread:stop()
    return 'GET /over HTTP/1.1\r\nHost: over\r\n\r\n'
  end
  at = at % #texts + 1
  local text = texts[at]
  if type(text) == 'string' then return text end
  serial = serial + 1
  return text[1] .. run .. serial .. text[2]
end

function done(summary, latency)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format('RESULT %d %d %d %d %d %d %d\n', summary.requests, summary.duration, errors.status, lost,
    latency:percentile(50), latency:percentile(99), latency.max))
end
