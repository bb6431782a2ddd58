# Builds and runs the conformance adapter of C.
set -e
cc -std=c99 -pedantic -Wall -Wextra -Werror -O2 conformance.c -o "$SMTP_CODES_BUILD/conformance" $(pkg-config --cflags --libs smtp_codes)
exec "$SMTP_CODES_BUILD/conformance" "$@"
