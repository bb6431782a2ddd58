# Runs the conformance adapter of Ruby.
exec ruby -w -Ilib conformance.rb "$@"
