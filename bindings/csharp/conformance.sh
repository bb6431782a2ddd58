# Builds and runs the conformance adapter of C# under Mono.
set -e
mcs -warnaserror -warn:4 -out:"$SMTP_CODES_BUILD/conformance.exe" -r:System.Core Lists.cs SmtpCodes.cs Conformance.cs
exec mono "$SMTP_CODES_BUILD/conformance.exe" "$@"
