"""Take the screenshots of the README and the guide: 1400 × 900 pixels, phones 390 × 844.

python -m tools.screenshots [--out docs/screenshots] [--only overview,map]
python -m tools.screenshots --share    the pictures of shared links, one for each page, to static/share
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from api.shared_links import PICTURE_FOLDER, PICTURE_HEIGHT_PX, PICTURE_WIDTH_PX
from domain.pages import PAGES, START_PAGE
from settings import ROOT
from tools.page import (
    DESKTOP,
    MAP_CANVAS,
    PHONE,
    canvas_painted,
    wait_charts,
    wait_ready,
)
from tools.visit import open_dashboard

# Name of the screenshot -> address of the page. Those that end in -phone have the size of a phone.
SCREENSHOTS = {
    "overview": "/",
    "overview-phone": "/",
    "map": "/map",
    "map-north-east": "/map?extent=US+North-East&kinds=all",
    "sectors": "/sectors?sector=energy&sector=water",
    "projects": "/projects",
    "partners": "/partners?for=lyonbiopole",
    "explore": "/explore?sector=energy",
    "present": "/present?step=3",
    "downloads": "/downloads?sector=energy",
    "sources": "/sources",
}
# Pictures of shared links, see api/shared_links.py.
SHARED = {one.name: "/" if one.name == START_PAGE else f"/{one.name}" for one in PAGES}
SHARED_SIZE: ViewportSize = {"width": PICTURE_WIDTH_PX, "height": PICTURE_HEIGHT_PX}
# The server lays the map out for a phone by this (ui/parts/map_width.py).
PHONE_AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


def take(browser: Browser, url: str, size: ViewportSize) -> bytes:
    """PNG of the page at `url` in this size, when everything on it is drawn."""
    page = browser.new_context(viewport=size, user_agent=PHONE_AGENT if size == PHONE else None).new_page()
    try:
        page.goto(url)
        if "/present" in url:
            page.wait_for_selector("#shown-step", state="attached")
        else:
            wait_ready(page)
            wait_charts(page)
        wait_maps(page)
        page.wait_for_timeout(500)
        return page.screenshot()
    finally:
        page.context.close()


def wait_maps(page: Page) -> None:
    """Wait until the map is painted, then scroll back to the top of the page."""
    if page.locator(MAP_CANVAS).count() and canvas_painted(page):
        page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTo(0, 0)")


def reduced_colours(png: bytes) -> bytes:
    """The same image with 256 colours: about a third of the size, without visible difference."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    reduced = image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    reduced.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Build a database, start the server and write one file per screenshot."""
    parser = argparse.ArgumentParser(description="Take the screenshots of the README and the guide.")
    parser.add_argument("--share", action="store_true", help="take the pictures of shared links instead")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", help="names, separated by commas; default: all")
    arguments = parser.parse_args()
    addresses = SHARED if arguments.share else SCREENSHOTS
    out = arguments.out or ROOT / (f"static/{PICTURE_FOLDER}" if arguments.share else "docs/screenshots")
    out.mkdir(parents=True, exist_ok=True)
    with open_dashboard() as (browser, (url,)):
        for name in arguments.only.split(",") if arguments.only else addresses:
            size = SHARED_SIZE if arguments.share else PHONE if name.endswith("-phone") else DESKTOP
            image = reduced_colours(take(browser, url + addresses[name], size))
            path = out / f"{name}.png"
            path.write_bytes(image)
            print(f"{path} ({len(image) // 1024} kB)", flush=True)


if __name__ == "__main__":
    main()
