"""The real server and a real browser, shared by the tests of this directory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from exports.images.browser import find
from tools.browser import WHAT_TO_INSTALL
from tools.page import DESKTOP, Record, launch
from tools.server import ROOT, Server, serve

HERE = Path(__file__).parent

# Without a graphics card a browser needs three to five seconds of processor time to paint one map. Most tests only
# need the map to be there, so its layers are made and nothing is painted.
MAPS_UNPAINTED = """
    for (const call of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced', 'clear'])
        WebGL2RenderingContext.prototype[call] = () => {};
"""

# What no test needs, a quarter of a browser's time: the pages behind the address bar, which Chromium loads for
# every new window, and compilers that pay for themselves on pages that are open for longer. Features that are disabled
# here replace those of Playwright's own list, so that the last five of them stand here again.
_NOT_NEEDED_FEATURES = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    *("HttpsUpgrades", "MediaRouter", "OptimizationHints", "PaintHolding", "Translate"),
)
NOT_NEEDED = (f"--disable-features={','.join(_NOT_NEEDED_FEATURES)}", "--js-flags=--no-opt --no-maglev")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this directory, and of no other, as `browser`."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home directory for the server."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def server(home: Path, shipped_database: Path) -> Iterator[Server]:
    """The dashboard as `make run` serves it, with its policy for the browser; one server for the whole run."""
    with serve(ROOT / "asgi.py", home, shipped_database) as running:
        yield running


@pytest.fixture
def fresh_server(home: Path, shipped_database: Path) -> Iterator[Callable[[], Server]]:
    """Starts a server that nobody has visited yet, on each call."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(serve(ROOT / "dashboard.py", home, shipped_database))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium or Chrome of this machine, headless."""
    path = find(os.environ)
    if path is None:
        pytest.fail(WHAT_TO_INSTALL, pytrace=False)
    with sync_playwright() as playwright:
        running = launch(playwright, path, NOT_NEEDED)
        yield running
        running.close()


@pytest.fixture(scope="session")
def new_page(chromium: Browser) -> Callable[..., Page]:
    """Opens an empty page of this size; its maps are painted only when asked for.

    All pages share the cache of a browser, to save time.
    """
    contexts: dict[bool, BrowserContext] = {}

    def open_one(viewport: ViewportSize = DESKTOP, *, maps_painted: bool = False) -> Page:
        if maps_painted not in contexts:
            # Animations of the page while it loads are a third of a browser's processor time; no test is about them.
            contexts[maps_painted] = chromium.new_context(reduced_motion="reduce")
            if not maps_painted:
                contexts[maps_painted].add_init_script(MAPS_UNPAINTED)
        page = contexts[maps_painted].new_page()
        page.set_viewport_size(viewport)
        return page

    return open_one


@pytest.fixture(scope="session")
def stop_painting() -> Callable[[Page], None]:
    """`stop_painting(page)`: its maps stay as they are, once a test has seen them; each later frame takes seconds."""
    return lambda page: page.evaluate(f"() => {{{MAPS_UNPAINTED}}}")


@pytest.fixture
def open_page(new_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """`open_page(viewport, maps_painted=False) -> page`, watched: whatever the test is about, at its end no request
    has left this machine and neither the console nor the page has reported an error.
    """
    opened: list[tuple[Page, Record]] = []

    def open_one(viewport: ViewportSize = DESKTOP, *, maps_painted: bool = False) -> Page:
        page = new_page(viewport, maps_painted=maps_painted)
        opened.append((page, Record.of(page)))
        return page

    yield open_one
    for page, _ in opened:
        page.close()
    for _, record in opened:
        record.assert_clean()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """One page of desktop size, watched as `open_page` says."""
    return open_page()
