# frozen_string_literal: true

# Says what a reply means.
require 'smtp_codes'

diagnosis = SmtpCodes.diagnose(ARGV.fetch(0, '550 5.1.1 User unknown'))
puts "#{diagnosis.reason}: #{diagnosis.summary}"
puts 'Stop mailing this address.' if diagnosis.address == SmtpCodes::Address::SUPPRESS
