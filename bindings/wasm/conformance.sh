# Runs the conformance adapter of the engine for web pages.
exec node conformance.js "$@"
