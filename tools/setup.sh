#!/bin/sh
# Makes .venv with the pinned requirements, or does nothing when it is up to date.
# Needs Python 3.11+ with its venv module; if one is missing, prints the one line
# that installs it and stops. PYTHON=/path/to/python3 chooses another interpreter.
set -eu
cd "$(dirname "$0")/.."

if [ "$(id -u)" = 0 ]; then sudo=""; else sudo="sudo "; fi

stop() {
    echo "$1 Install it with:" >&2
    echo "    $2" >&2
    exit 1
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
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
    stop "Python 3.11 or newer is needed; python3 here is older." \
        "${sudo}apt-get install -y python3.11 python3.11-venv"
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    stop "The venv module of Python $version is missing." "${sudo}apt-get install -y python$version-venv"
fi

# The stamp holds what the environment was made from: unchanged means nothing to do.
stamp=.venv/made-from
wanted=$("$python" --version; cat requirements.txt requirements.lock | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

echo "Preparing the virtual environment .venv (the first time takes a minute or two)"
clear=""
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then clear="--clear"; fi
"$python" -m venv $clear .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check \
    --requirement requirements.txt --constraint requirements.lock
echo "$wanted" >"$stamp"
