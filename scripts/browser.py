"""Finds a Chromium for the browser tests, or installs one, and prints its path.

Order: what is there already (`CHROME_PATH`, then Chromium or Chrome on the PATH,
then Playwright's own); else Debian's `chromium` with apt-get when root; else
Playwright's own download; else one sentence that says what to install.
A candidate counts only if it opens a page: on Ubuntu `chromium-browser` may be an
empty shell that only points at another installer.

    python -m scripts.browser
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Quiet on the network, and able to run as root and in containers.
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

WHAT_TO_INSTALL = (
    "No Chromium or Chrome was found for the browser tests. To fix this, run "
    "'sudo apt-get install -y chromium' or set CHROME_PATH to a Chromium or Chrome."
)


class BrowserMissing(Exception):
    """No browser is there and none could be installed; the message says what to install."""


def candidates(environ: Mapping[str, str]) -> Iterator[str]:
    """Paths worth trying, best first: `CHROME_PATH`, the PATH, Playwright's own."""
    if environ.get("CHROME_PATH"):
        yield environ["CHROME_PATH"]
    for name in NAMES:
        path = shutil.which(name, path=environ.get("PATH", os.defpath))
        if path:
            yield path
    yield from playwrights_own(environ)


def playwrights_own(environ: Mapping[str, str]) -> list[str]:
    """Chromium builds that Playwright has downloaded into its cache, newest first."""
    default = Path(environ.get("HOME", "/nonexistent")) / ".cache" / "ms-playwright"
    cache = Path(environ.get("PLAYWRIGHT_BROWSERS_PATH") or default)
    return sorted(map(str, cache.glob("chromium-*/chrome-linux*/chrome")), reverse=True)


def opens_a_page(path: str) -> bool:
    """True if the browser at `path` starts without a display and shows an empty page."""
    command = [path, "--headless", "--disable-gpu", *FLAGS, "--dump-dom", "about:blank"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "<html" in done.stdout


def find(environ: Mapping[str, str]) -> str | None:
    """The first candidate that works, or None."""
    return next(filter(opens_a_page, candidates(environ)), None)


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
    """Runs the commands in order, their output on stderr; False as soon as one fails."""
    env = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        print("Installing a browser for the tests:", " ".join(command), file=sys.stderr)
        try:
            # stdout is reserved for the path
            subprocess.run(command, env=env, stdout=sys.stderr, check=True, timeout=900)
        except (OSError, subprocess.SubprocessError):
            return False
    return True


def find_or_install(environ: Mapping[str, str], is_root: bool) -> str:
    """Path of a browser that works. Raises BrowserMissing when none can be had."""
    path = find(environ)
    for commands in install_commands(environ, is_root):
        if path:
            break
        if run_all(commands, environ):
            path = find(environ)
    if not path:
        raise BrowserMissing(WHAT_TO_INSTALL)
    return path


if __name__ == "__main__":
    try:
        print(find_or_install(os.environ, is_root=os.geteuid() == 0))
    except BrowserMissing as missing:
        sys.exit(str(missing))
