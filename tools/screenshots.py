"""Takes the pictures of the README and the guide, as a visitor sees the pages: 1400 × 900, phones 390 × 844.

python -m tools.screenshots [--out docs/screenshots] [--only overview,map]
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tools.page import (
    DESKTOP,
    MAP_CANVAS,
    PHONE,
    canvas_painted,
    wait_charts,
    wait_ready,
)
from tools.server import ROOT
from tools.visit import visiting

# Name of the picture: the view it shows. Those that end in -phone have a phone's size.
PICTURES = {
    "overview": "/",
    "overview-phone": "/",
    "map": "/map",
    "map-north-east": "/map?extent=US+North-East&kinds=all",
    "sectors": "/sectors?sector=energy&sector=water",
    "projects": "/projects",
    "partners": "/partners?for=lyonbiopole",
    "present": "/present?step=2",
    "downloads": "/downloads?sector=energy",
    "sources": "/sources",
}


def take(browser: Browser, url: str, size: dict[str, int]) -> bytes:
    """The page at `url` as a PNG of this size, once everything on it is drawn."""
    page = browser.new_context(viewport=size).new_page()
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
    """Waits for the map, and goes back to the top of the page after looking for it."""
    if page.locator(MAP_CANVAS).count() and canvas_painted(page):
        page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTo(0, 0)")


def smaller(png: bytes) -> bytes:
    """The same picture with 256 colours: about a third of the size, no visible difference."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    reduced = picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    reduced.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Builds a database, starts the server and writes one file per picture."""
    parser = argparse.ArgumentParser(description="Take the pictures of the README and the guide.")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/screenshots")
    parser.add_argument("--only", default=",".join(PICTURES), help="names, with commas between")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with visiting() as (browser, url):
        for name in arguments.only.split(","):
            size = PHONE if name.endswith("-phone") else DESKTOP
            picture = smaller(take(browser, url + PICTURES[name], size))
            path = arguments.out / f"{name}.png"
            path.write_bytes(picture)
            print(f"{path} ({len(picture) // 1024} kB)")


if __name__ == "__main__":
    main()
