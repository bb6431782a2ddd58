# Runs the conformance adapter of Lua.
exec luajit conformance.lua "$@"
