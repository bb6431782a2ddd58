# Builds the addon without node-gyp and runs the conformance adapter of Node.js.
set -e
include=$(dirname "$(dirname "$(node -p process.execPath)")")/include/node
[ -f "$include/node_api.h" ] || include=/usr/include/node
cc -shared -fPIC -O2 -Wall -Wextra -Werror -I"$include" addon.c -o "$SMTP_CODES_BUILD/smtp_codes.node" $(pkg-config --cflags --libs smtp_codes)
SMTP_CODES_ADDON="$SMTP_CODES_BUILD/smtp_codes.node" exec node conformance.js "$@"
