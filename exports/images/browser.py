"""Finds the Chromium or Chrome of this machine, for image export and the browser tests.

Order: `CHROME_PATH`, Chromium or Chrome on the PATH, Playwright's own. A candidate is used only if it opens a
page: on Ubuntu `chromium-browser` may be a stub that only refers to another installer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# No background traffic; able to run as root and in containers.
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def candidates(environ: Mapping[str, str]) -> Iterator[str]:
    """Paths of possible browsers, best first: `CHROME_PATH`, the PATH, Playwright's own."""
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
    """True if the browser at `path` starts without a display and prints an empty page."""
    command = [path, "--headless", "--disable-gpu", *FLAGS, "--dump-dom", "about:blank"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "<html" in done.stdout


def find(environ: Mapping[str, str]) -> str | None:
    """The first candidate that works, or None."""
    return next(filter(opens_a_page, candidates(environ)), None)
