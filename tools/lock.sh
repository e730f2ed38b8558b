#!/bin/sh
# Writes requirements.lock: the exact version of every package, found by installing
# requirements.txt into an empty environment. Run it after changing requirements.txt.
set -eu
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
.venv/bin/python -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
{
    echo "# Exact versions of all packages, direct and indirect. Written by 'make lock'; do not edit."
    "$scratch/venv/bin/python" -m pip freeze --local
} >"$scratch/lock"
mv "$scratch/lock" requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check \
    --requirement requirements.txt --constraint requirements.lock
