#!/bin/sh
# Makes .venv with Python 3.11, the version everything here was tried with.
set -eu
cd "$(dirname "$0")/.."

# Kilobytes: torch, the other packages and the front end's, with room to unpack them.
needed=5000000
free=$(df -Pk . | awk 'NR == 2 { print $4 }')
if [ "$free" -lt "$needed" ]; then
    echo "This disk has $((free / 1024)) MB left and the installation needs" \
         "$((needed / 1024)) MB. Make room and run the same command again." >&2
    exit 1
fi

for python in "${PYTHON:-python3.11}" python3.11 python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
        "$python" -m venv .venv && exit 0
        echo "The virtual environment could not be made; see the lines above. On Debian the package" \
             "python3.11-venv may be missing, and the disk may be full." >&2
        exit 1
    fi
done
echo "Python 3.11 is missing: install it, or name it: make PYTHON=/path/to/python3.11 run" >&2
exit 1
