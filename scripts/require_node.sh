#!/bin/sh
# Stops with a sentence when Node is missing or too old for the front end.
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "Node is missing: install Node 20.19 or newer, with npm, and run the same command again." >&2
    exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number);
              process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    echo "Node $(node --version) is too old: install Node 20.19 or newer and run the same command again." >&2
    exit 1
fi
