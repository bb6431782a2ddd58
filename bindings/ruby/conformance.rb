# frozen_string_literal: true

# The conformance adapter of Ruby: see xtask/src/conformance.

require 'json'
require 'smtp_codes'

$stdin.each_line do |line|
  vector = JSON.parse(line, symbolize_names: true)
  reply = vector[:reply_b64].unpack1('m0')
  hints = vector.slice(:provider, :mx, :recipient, :command)
  if ARGV[0] == 'json'
    puts SmtpCodes.diagnose_json(reply, id: vector[:n].to_s, **hints)
  else
    puts JSON.generate({ id: vector[:n] }.merge(SmtpCodes.diagnose(reply, **hints).to_h.reject { |key, _| key == :fix }))
  end
end
