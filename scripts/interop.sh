#!/bin/sh
# Asks Label Studio itself whether it takes our tasks and gives them back whole. It lives below
# var/, a gigabyte in a virtual environment of its own, and is asked on this machine only.
set -eu
cd "$(dirname "$0")/.."

version=1.23.2
home="$PWD/var/interop/label-studio-$version"
mkdir -p "$home"

if [ ! -e "$home/installed" ]; then
    echo "Installing Label Studio $version into $home"
    .venv/bin/python -m venv --clear "$home/venv"
    "$home/venv/bin/pip" install --quiet --disable-pip-version-check "label-studio==$version"
    touch "$home/installed"
fi
exec .venv/bin/python scripts/interop.py "$home"
