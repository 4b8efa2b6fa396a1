-- What wrk asks: reference dates one after the other, or payments of one won on unpaid items.
-- wrk … URL -- get|post FILE TOKEN
local requests, place = {}, 0
wrong = 0 -- global: `done` asks each thread for it
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(arguments)
  local headers = { ["Host"] = wrk.host .. ":" .. wrk.port }
  if arguments[3] then headers["Authorization"] = "Bearer " .. arguments[3] end
  for line in io.lines(arguments[2]) do
    if arguments[1] == "get" then
      local path = "/api/funds/overview?reference_date=" .. line
      table.insert(requests, wrk.format("GET", path, headers))
    else
      headers["Content-Type"] = "application/json"
      local body = '{"amount":1,"paid_date":"2026-01-05"}'
      table.insert(requests, wrk.format("POST", "/api/items/" .. line .. "/payments", headers, body))
    end
  end
end

function request()
  place = place % #requests + 1
  return requests[place]
end

function response(status, headers, body)
  if status < 200 or status > 299 then
    wrong = wrong + 1
    if wrong == 1 then print(status, body) end
  end
end

function done(summary, latency)
  local refused = 0
  for _, thread in ipairs(threads) do refused = refused + thread:get("wrong") end
  local errors = summary.errors
  print(string.format("RESULT %d %d %d %d %d", summary.requests, summary.duration, latency.max,
    latency:percentile(99), refused + errors.connect + errors.read + errors.write + errors.timeout))
end
