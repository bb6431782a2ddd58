-- Says what a reply means.
local smtp_codes = require 'smtp_codes'

local diagnosis = smtp_codes.diagnose(arg[1] or '550 5.1.1 User unknown')
print(diagnosis.reason .. ': ' .. diagnosis.summary)
if diagnosis.address == smtp_codes.address.SUPPRESS then
  print 'Stop mailing this address.'
end
