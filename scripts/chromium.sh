#!/bin/sh
# Prints the path of a Chromium for the browser tests: the machine's, else Debian's package when
# root, else the one inside an npm package.
set -eu
cd "$(dirname "$0")/.."

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name"; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    if apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends chromium >&2; then
        command -v chromium && exit 0
    fi
fi
folder=var/chromium
mkdir -p "$folder"
cp scripts/chromium/package.json scripts/chromium/package-lock.json scripts/chromium/.npmrc "$folder"
(cd "$folder" && npm ci --silent >&2)
cd "$folder"
exec node --input-type=module \
    -e 'import c from "@sparticuz/chromium"; console.log(await c.executablePath())'
