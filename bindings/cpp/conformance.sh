# Builds and runs the conformance adapter of C++.
set -e
cmake -S . -B "$SMTP_CODES_BUILD" -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$SMTP_CODES_PREFIX" >&2
cmake --build "$SMTP_CODES_BUILD" >&2
exec "$SMTP_CODES_BUILD/conformance" "$@"
