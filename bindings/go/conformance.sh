# Builds and runs the conformance adapter of Go.
set -e
export GOFLAGS=-mod=mod GOCACHE="${GOCACHE:-$SMTP_CODES_BUILD/cache}"
go vet ./... >&2
go build -o "$SMTP_CODES_BUILD/conformance" ./conformance
exec "$SMTP_CODES_BUILD/conformance" "$@"
