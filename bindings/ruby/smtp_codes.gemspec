# frozen_string_literal: true

Gem::Specification.new do |spec|
  spec.name = 'smtp_codes'
  spec.version = '0.1.0'
  spec.summary = "What a mail server's reply means, who is at fault and what to do next"
  spec.authors = ['The smtp-codes contributors']
  spec.licenses = %w[MIT Apache-2.0]
  spec.homepage = 'https://github.com/smtp-codes/smtp-codes'
  spec.files = Dir['lib/**/*.rb'] + ['README.md']
  spec.required_ruby_version = '>= 3.0'
  # Ruby 3.5 no longer brings it along.
  spec.add_dependency 'fiddle'
end
