# Runs the conformance adapter of Python.
PYTHONPATH=src exec python3 conformance.py "$@"
