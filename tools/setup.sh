#!/bin/sh
# Makes or updates the virtual environment .venv; does nothing when it is up to date.
#   tools/setup.sh        what the dashboard needs (requirements.lock)
#   tools/setup.sh dev    also the tools of tests and checks (requirements-dev.lock, a superset)
# Needs Python 3.11 to 3.13 with its venv module; if one is missing, prints the command that
# installs it and stops. PYTHON=/path/to/python3 chooses another interpreter.
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
    "") lock=requirements.lock stamp=.venv/made-from ;;
    dev) lock=requirements-dev.lock stamp=.venv/made-from-dev ;;
    *)
        echo "Usage: tools/setup.sh [dev]" >&2
        exit 2
        ;;
esac

if [ "$(id -u)" = 0 ]; then sudo=""; else sudo="sudo "; fi

stop() {
    echo "$1 Install it with:" >&2
    echo "    $2" >&2
    exit 1
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ] && ! command -v python3 >/dev/null; then
    stop "Python 3 is missing." "${sudo}apt-get install -y python3 python3-venv"
fi
if [ -z "$python" ]; then
    stop "Python 3.11, 3.12 or 3.13 is needed; none was found." \
        "${sudo}apt-get install -y python3.13 python3.13-venv"
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    stop "The venv module of Python $version is missing." "${sudo}apt-get install -y python$version-venv"
fi

# A stamp holds what the environment was made from: unchanged means nothing to do.
wanted_from() {
    "$python" --version
    cksum <"$1"
}
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(wanted_from "$lock")" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

echo "Preparing the virtual environment .venv from $lock (the first time takes a minute or two)"
clear=""
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then clear="--clear"; fi
"$python" -m venv $clear .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
wanted_from "$lock" >"$stamp"
# The larger environment holds everything of the smaller one.
if [ "$lock" = requirements-dev.lock ]; then wanted_from requirements.lock >.venv/made-from; fi
