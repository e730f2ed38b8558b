"""What a browser page shows: waiting for Streamlit, reading the canvas, recording what happens."""

from __future__ import annotations

import io
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request

from tools.browser import FLAGS

PAGES = (
    "overview",
    "map",
    "sectors",
    "projects",
    "cooperations",
    "policies",
    "events",
    "partners",
    "statistics",
    "horizon",
    "downloads",
    "sources",
)

# What stands in the menu, and what stands over the page.
MENU = {name: name.capitalize() for name in PAGES} | {
    "partners": "Partner finder",
    "statistics": "Regional statistics",
    "horizon": "Horizon projects",
    "downloads": "Take it home",
}
TITLES = MENU | {"overview": "EU–US cluster cooperation"}

# a register's table is a canvas too
MAP_CANVAS = '[data-testid="stDeckGlJsonChart"] canvas'

DESKTOP = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}

# Streamlit writes both states on its outermost element. "Not running" alone is not enough:
# a run that has ended leaves elements marked stale until the next paint.
READY = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app !== null
        && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED'
        && document.querySelector('[data-testid="stMain"] [data-stale="true"]') === null
        && document.querySelector('[data-testid="stAppSkeleton"], [data-testid="stSkeleton"]') === null;
}"""

# A Plotly chart counts as drawn when its picture is there and has marks or text in it.
CHARTS_DRAWN = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
    .filter(card => card.offsetParent !== null)
    .every(card => card.querySelector('.js-plotly-plot svg.main-svg text'))"""

# Streamlit asks below the page's own address first, on a deep link, and falls back to the root.
OWN_PROBES = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")


def address(name: str) -> str:
    """Path of a page below the server's address; the overview is the start page."""
    return "/" if name == "overview" else f"/{name}"


def launch(playwright: Playwright, path: str) -> Browser:
    """Starts the Chromium at `path`, headless, with the flags of tools/browser.py."""
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def wait_ready(page: Page, timeout: float = 30_000) -> None:
    """Returns when the script has run to its end and a heading is on the page (milliseconds)."""
    page.wait_for_function(READY, timeout=timeout)
    page.locator("h1").first.wait_for(timeout=timeout)
    page.wait_for_function(READY, timeout=timeout)


def wait_charts(page: Page, timeout: float = 30_000) -> None:
    """Returns when every visible Plotly chart of the page is drawn (milliseconds)."""
    page.wait_for_function(CHARTS_DRAWN, timeout=timeout)


def menu_link(page: Page, title: str) -> Locator:
    """The link of the menu with this title. Beside the words a link may have an icon."""
    words = page.locator("p", has_text=re.compile(rf"^\s*{re.escape(title)}\s*$"))
    return page.locator('[data-testid="stSidebar"] a').filter(has=words)


def picture_colours(png: bytes) -> dict[tuple[int, int, int], float]:
    """Share of each colour in a picture, in steps of 16 so that noise does not count."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    steps = picture.point(lambda value: value // 16 * 16)
    total = steps.width * steps.height
    return {colour: n / total for n, colour in steps.getcolors(maxcolors=total)}


def canvas_painted(page: Page, selector: str = MAP_CANVAS, timeout: float = 30_000) -> bool:
    """True once the pixels of the first canvas show a drawn map.

    An empty canvas is one colour. A drawn map has sea and land that each cover at least
    two per cent, and marks or borders beside them. Software WebGL needs 6 to 11 seconds
    for its first full frame, hence the long limit (milliseconds).
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
    """What a page asked for and complained about while it was open."""

    requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> Record:
        """Starts recording; call it before the page opens anything."""
        record = cls()
        page.on("request", record.note_request)
        page.on("websocket", lambda socket: record.requests.append(socket.url))
        page.on("console", record.note_console)
        page.on("pageerror", lambda error: record.page_errors.append(str(error)))
        return record

    def note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self.is_streamlits_probe(message):
            self.console_errors.append(f"{message.text} ({message.location.get('url', '')})")

    @staticmethod
    def is_streamlits_probe(message: ConsoleMessage) -> bool:
        path = urlsplit(message.location.get("url", "")).path
        return "404" in message.text and OWN_PROBES.search(path) is not None

    @property
    def foreign_requests(self) -> list[str]:
        """Addresses that left this machine; `data:` and `blob:` never do."""
        return [url for url in self.requests if not stays_here(url)]

    def assert_clean(self) -> None:
        """Fails with the addresses and messages if anything left this machine or went wrong."""
        faults = {
            "left this machine": self.foreign_requests,
            "error in the console": self.console_errors,
            "error of a script": self.page_errors,
        }
        lines = [f"{what}: {text}" for what, texts in faults.items() for text in texts]
        assert not lines, "\n".join(lines)


def stays_here(url: str) -> bool:
    """True for addresses on this machine and for data inside the page itself."""
    parts = urlsplit(url.removeprefix("blob:"))
    return parts.scheme in ("data", "about") or parts.hostname in ("127.0.0.1", "localhost", "::1")
