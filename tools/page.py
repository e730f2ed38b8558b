"""Pages in a browser: waiting until they are drawn, reading the canvas of a map, recording requests and errors."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request, TimeoutError, ViewportSize

from domain import pages
from exports.images.browser import FLAGS

# Workshop mode has no menu and no heading of its own: its tests know it by its steps.
PAGES = tuple(page.name for page in pages.PAGES if page.name != "present")
MENU = {page.name: page.label for page in pages.PAGES}
GROUPS = {page.label: page.section for page in pages.PAGES if page.section}
TITLES = {page.name: page.title for page in pages.PAGES}

MENU_ROW, FILTER_BAR = ".st-key-frame_menu", ".st-key-frame_bar"

# The selector names the chart, because the table of a register is a canvas too.
MAP_CANVAS = '[data-testid="stDeckGlJsonChart"] canvas'

DESKTOP: ViewportSize = {"width": 1400, "height": 900}
MAX_OPENINGS = 5  # of a list of options
PHONE: ViewportSize = {"width": 390, "height": 844}

# Streamlit writes both states to its outermost element. "Not running" alone is not enough:
# after a run, elements stay marked as stale until the next paint.
READY = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app !== null
        && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED'
        && document.querySelector('[data-testid="stMain"] [data-stale="true"]') === null
        && document.querySelector('[data-testid="stAppSkeleton"], [data-testid="stSkeleton"]') === null;
}"""

# A Plotly chart is drawn when its SVG has text.
CHARTS_DRAWN = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
    .filter(card => card.offsetParent !== null)
    .every(card => card.querySelector('.js-plotly-plot svg.main-svg text'))"""

# On a deep link, Streamlit requests these below the address of the page first, and then at the root.
STREAMLIT_PROBES = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")


def address(name: str) -> str:
    """Path of a page below the server's address; the overview is the start page."""
    return "/" if name == "overview" else f"/{name}"


def launch(playwright: Playwright, path: str, flags: Sequence[str] = ()) -> Browser:
    """The Chromium at `path`, started headless, with these flags beside those that every browser gets."""
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])


def wait_ready(page: Page, timeout: float = 30_000) -> None:
    """Wait until the script has finished and the page has a heading (timeout in milliseconds)."""
    page.wait_for_function(READY, timeout=timeout)
    page.locator("h1").first.wait_for(timeout=timeout)
    page.wait_for_function(READY, timeout=timeout)


def wait_charts(page: Page, timeout: float = 30_000) -> None:
    """Wait until every visible Plotly chart of the page is drawn (timeout in milliseconds)."""
    page.wait_for_function(CHARTS_DRAWN, timeout=timeout)


def menu_link(page: Page, title: str) -> Locator:
    """The link of the menu with this title, with or without an icon; its group is opened where it stands in one.

    The menu is ours, or that of Streamlit at the side.
    """
    label = page.locator("p", has_text=re.compile(rf"^\s*{re.escape(title)}\s*$"))
    if title in GROUPS and page.locator(MENU_ROW).count():
        page.locator(MENU_ROW).get_by_role("button", name=GROUPS[title]).click()
        return page.locator('[data-testid="stPopoverBody"] a').filter(has=label)
    return page.locator(f'{MENU_ROW} a, [data-testid="stSidebar"] a').filter(has=label)


def picture_colours(png: bytes) -> dict[tuple[int, int, int], float]:
    """Share of each colour in an image, in steps of 16 so that noise does not count."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    steps = image.point(lambda value: value // 16 * 16)
    total = steps.width * steps.height
    return {colour: count / total for count, colour in steps.getcolors(maxcolors=total)}


def canvas_painted(page: Page, selector: str = MAP_CANVAS, timeout: float = 30_000) -> bool:
    """Whether the first canvas shows a map before the timeout (milliseconds).

    An empty canvas is one colour. A map has sea and land that each cover at least
    two per cent, and marks or borders as well. Software WebGL needs 6 to 11 seconds
    for its first complete frame, hence the long timeout.
    """
    canvas = page.locator(selector).first
    canvas.scroll_into_view_if_needed(timeout=timeout)
    deadline = time.monotonic() + timeout / 1000
    while time.monotonic() < deadline:
        shares = sorted(picture_colours(canvas.screenshot(timeout=timeout)).values(), reverse=True)
        if len(shares) >= 3 and shares[1] >= 0.02 and shares[2] >= 0.001:
            return True
        page.wait_for_timeout(500)
    return False


@dataclass
class Record:
    """Requests and errors of a page while it was open."""

    requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> Record:
        """A new record of the page; call it before the page opens an address."""
        record = cls()
        page.on("request", record.note_request)
        page.on("websocket", lambda socket: record.requests.append(socket.url))
        page.on("console", record.note_console)
        page.on("pageerror", lambda error: record.page_errors.append(str(error)))
        return record

    def note_request(self, request: Request) -> None:
        """Add the address of a request."""
        self.requests.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        """Add a message of the console if it is an error of ours."""
        if message.type == "error" and not self.is_streamlits_probe(message):
            self.console_errors.append(f"{message.text} ({message.location.get('url', '')})")

    @staticmethod
    def is_streamlits_probe(message: ConsoleMessage) -> bool:
        """Whether the message is about a request that Streamlit repeats at the root."""
        path = urlsplit(message.location.get("url", "")).path
        return "404" in message.text and STREAMLIT_PROBES.search(path) is not None

    @property
    def foreign_requests(self) -> list[str]:
        """Requested addresses on other machines."""
        return [url for url in self.requests if not is_local(url)]

    def assert_clean(self) -> None:
        """Fail with the addresses and messages if there was a request to another machine or an error."""
        problems = {
            "request to another machine": self.foreign_requests,
            "error in the console": self.console_errors,
            "error in a script": self.page_errors,
        }
        lines = [f"{what}: {text}" for what, texts in problems.items() for text in texts]
        assert not lines, "\n".join(lines)


def is_local(url: str) -> bool:
    """Whether an address is on this machine or is data in the page itself (`data:`, `blob:`)."""
    parts = urlsplit(url.removeprefix("blob:"))
    return parts.scheme in ("data", "about") or parts.hostname in ("127.0.0.1", "localhost", "::1")


def choose(page: Page, box: Locator, option: str) -> None:
    """Choose an option of a select box by typing it.

    A run of the page that begins meanwhile closes the list, as it would for a reader, so it is opened again.
    """
    found = page.get_by_role("option", name=option, exact=True)
    for _ in range(MAX_OPENINGS):
        box.click()
        box.fill("")
        box.press_sequentially(option)
        try:
            found.click(timeout=4_000)
        except TimeoutError:
            continue
        return
    found.click()
