"""The dashboard with a new database, opened in a browser: for benchmarks and screenshots."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from settings import ROOT
from tools.browser import find_or_install
from tools.page import launch
from tools.server import build_database, serve


@contextmanager
def open_dashboard(*others: str) -> Iterator[tuple[Browser, list[str]]]:
    """A browser, and the addresses of the dashboard and of `others`, paths of apps in this project without data.

    Servers, browser and their home directory are removed at the end.
    """
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = [stack.enter_context(serve(ROOT / "dashboard.py", home, build_database(home)))]
        servers += [stack.enter_context(serve(ROOT / other, home)) for other in others]
        playwright = stack.enter_context(sync_playwright())
        browser = launch(playwright, find_or_install(os.environ, is_root=os.geteuid() == 0))
        stack.callback(browser.close)
        yield browser, [server.url for server in servers]
