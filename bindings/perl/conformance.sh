# Runs the conformance adapter of Perl.
exec perl -Ilib conformance.pl "$@"
