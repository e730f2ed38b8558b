"""Path of a Chromium for the browser tests, installed when there is none.

In this order: a browser that is already there (exports/images/browser.py); Debian's `chromium` with apt-get, as root;
Playwright's own download. When all fail, the message says what to install.

    python -m tools.browser
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

from exports.images.browser import find

INSTALL_TIMEOUT_S = 900
WHAT_TO_INSTALL = (
    "No Chromium or Chrome was found for the browser tests. To fix this, run "
    "'sudo apt-get install -y chromium' or set CHROME_PATH to a Chromium or Chrome."
)


class BrowserMissingError(Exception):
    """There is no browser and none could be installed; the message says what to install."""


def install_commands(environ: Mapping[str, str], is_root: bool) -> list[list[list[str]]]:
    """Ways to install a browser, best first; each is a list of commands to run in order."""
    ways = []
    if is_root and shutil.which("apt-get", path=environ.get("PATH", os.defpath)):
        apt = ["apt-get", "--quiet", "--yes"]
        ways.append([[*apt, "update"], [*apt, "install", "--no-install-recommends", "chromium"]])
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    ways.append([[*playwright, "--with-deps"] if is_root else playwright])
    return ways


def run_all(commands: list[list[str]], environ: Mapping[str, str]) -> bool:
    """Run the commands in order, with their output on stderr; False as soon as one fails."""
    env = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        print("Installing a browser for the tests:", " ".join(command), file=sys.stderr)
        try:
            # stdout is reserved for the path
            subprocess.run(command, env=env, stdout=sys.stderr, check=True, timeout=INSTALL_TIMEOUT_S)
        except (OSError, subprocess.SubprocessError):
            return False
    return True


def find_or_install(environ: Mapping[str, str], is_root: bool) -> str:
    """Path of a browser that opens a page. Raises BrowserMissingError when none can be installed."""
    path = find(environ)
    for commands in install_commands(environ, is_root):
        if path:
            break
        if run_all(commands, environ):
            path = find(environ)
    if not path:
        raise BrowserMissingError(WHAT_TO_INSTALL)
    return path


if __name__ == "__main__":
    try:
        print(find_or_install(os.environ, is_root=os.geteuid() == 0))
    except BrowserMissingError as error:
        sys.exit(str(error))
