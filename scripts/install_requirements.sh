#!/bin/sh
# Installs the locked layers in order into .venv; each only when its file has changed.
# usage: install_requirements.sh LAYER...
set -eu
cd "$(dirname "$0")/.."
pip=".venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes"

install() {
    stamp=".venv/installed-$1"
    if cmp -s "requirements/$1.txt" "$stamp"; then return; fi
    echo "Installing requirements/$1.txt"
    if ! $pip -r "requirements/$1.txt"; then
        if [ "$1" != torch ]; then return 1; fi
        echo "No CPU build of torch is to be had here (PIP_FIND_LINKS can name a folder or page" \
             "that holds it). Installing the CUDA build instead, which is some gigabytes larger."
        $pip -r requirements/torch-cuda.txt
    fi
    cp "requirements/$1.txt" "$stamp"
}

for layer in "$@"; do
    install "$layer" || {
        echo "Installing requirements/$layer.txt failed; see the lines above. Check the network" \
             "and the free room on this disk, then run the same command again." >&2
        exit 1
    }
done
