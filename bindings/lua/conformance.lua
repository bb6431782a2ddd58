-- The conformance adapter of Lua: see xtask/src/conformance.
local bit = require 'bit'
local smtp_codes = require 'smtp_codes'

local LETTERS = {}
for place, letter in ('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'):gmatch '()(.)' do
  LETTERS[letter:byte()] = place - 1
end

local function base64(coded)
  local out, bits, width = {}, 0, 0
  for index = 1, #coded do
    local digit = LETTERS[coded:byte(index)]
    if not digit then
      break
    end
    bits, width = bit.band(bit.bor(bit.lshift(bits, 6), digit), 0xFFFFFF), width + 6
    if width >= 8 then
      width = width - 8
      out[#out + 1] = string.char(bit.band(bit.rshift(bits, width), 0xFF))
    end
  end
  return table.concat(out)
end

local function json(value)
  if type(value) == 'string' then
    return '"' .. value:gsub('[%c"\\]', function(c)
      return ('\\u%04x'):format(c:byte())
    end) .. '"'
  elseif type(value) == 'table' then
    local items = {}
    for index, item in ipairs(value) do
      items[index] = json(item)
    end
    return '[' .. table.concat(items, ',') .. ']'
  end
  return value == nil and 'null' or tostring(value)
end

local KEYS = {
  'code', 'enhanced', 'provider', 'variant', 'reason', 'confidence', 'bounce', 'party', 'delivery', 'address', 'remedies',
  'basis', 'summary', 'retry_after_s', 'blocklist', 'url', 'tag', 'class_mismatch', 'sources',
}

for line in io.lines() do
  local vector = {}
  for key, value in line:gmatch '"([%w_]+)":"([^"]*)"' do
    vector[key] = value
  end
  local n = line:match '"n":(%d+)'
  local reply = base64(vector.reply_b64)
  if arg[1] == 'json' then
    print(smtp_codes.diagnose_json(reply, vector, n))
  else
    local diagnosis = smtp_codes.diagnose(reply, vector)
    local members = { '"id":' .. n }
    for _, key in ipairs(KEYS) do
      members[#members + 1] = ('"%s":%s'):format(key, json(diagnosis[key]))
    end
    print('{' .. table.concat(members, ',') .. '}')
  end
end
