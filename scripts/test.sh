#!/bin/sh
# Everything that has to hold, the quick checks first. pytest's summary is the last thing said.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PATH
export DJANGO_SETTINGS_MODULE=config.settings.test

step() {
    echo "--- $*"
    "$@" || { echo "Failed: $*" >&2; exit 1; }
}

in_frontend() { (cd frontend && npm run --silent "$@"); }

step ruff format --check --quiet .
step ruff check --quiet .
step mypy
step lint-imports --no-logo
step python manage.py makemigrations --check --dry-run
step python scripts/check_schema.py
step python scripts/check_containers.py
step in_frontend format:check
step in_frontend lint
step in_frontend typecheck
step in_frontend test
CHROMIUM=$(scripts/chromium.sh | tail -n 1)
export CHROMIUM
step pytest --numprocesses 2 "$@"
