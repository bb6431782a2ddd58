# Runs the conformance adapter of PHP.
exec php -d ffi.enable=1 -d error_reporting=-1 conformance.php "$@"
