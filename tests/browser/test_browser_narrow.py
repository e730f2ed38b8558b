"""Windows narrower than a desktop: the map, numbers in bars, and choices whose options wrap."""

from __future__ import annotations

import io
import time
from contextlib import suppress

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Error, Page

from tools.page import MAP_CANVAS, PHONE, wait_charts, wait_ready

TABLET = {"width": 820, "height": 1180}
NARROWEST = {"width": 320, "height": 640}
EU_BLUE, US_ORANGE = (0x12, 0x43, 0x6D), (0xF4, 0x6A, 0x25)
MIN_NUMBER_PX = 12  # height of a line of the type that the numbers are written in
DRAWN_TIMEOUT_S = 40  # software WebGL draws the map twice: for the expected width and for the measured one


def extent_of(png: bytes, colour: tuple[int, int, int]) -> tuple[float, float] | None:
    """Leftmost and rightmost column with this colour, as parts of the width; None without any."""
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=int)
    columns = np.flatnonzero((abs(pixels - colour).max(axis=2) < 12).any(axis=0)) / pixels.shape[1]
    return (columns[0], columns[-1]) if len(columns) else None


def both_sides(page: Page) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """Where the circles of the USA and of the EU are, as soon as both are in view, else what is there in the end."""
    deadline = time.monotonic() + DRAWN_TIMEOUT_S
    found = None, None
    while not all(found) and time.monotonic() < deadline:
        with suppress(Error):  # the map that is photographed has just been replaced by another one
            png = page.locator(MAP_CANVAS).first.screenshot(timeout=10_000)
            found = extent_of(png, US_ORANGE), extent_of(png, EU_BLUE)
    return found


@pytest.mark.parametrize("size", [TABLET, NARROWEST], ids=["820 px", "320 px"])
def test_both_coasts_are_in_view(server, open_page, size):
    """The map is laid out for the width that it has, not for that of a desktop."""
    page = open_page(size, maps_painted=True)
    page.goto(server.url + "/map")
    wait_ready(page)
    usa, europe = both_sides(page)
    assert usa and europe
    assert 0 < usa[0] < 0.38 < usa[1] < europe[0] + 0.1 and 0.6 < europe[1] < 1


def test_every_option_of_a_choice_that_wraps_has_its_border(server, open_page):
    page = open_page(PHONE)
    page.goto(server.url + "/partners")
    wait_ready(page)
    options = page.locator('[data-testid="stMain"] [data-variant="segmented_control"]')
    places = options.evaluate_all("buttons => buttons.map(button => button.getBoundingClientRect().top)")
    borders = options.evaluate_all("buttons => buttons.map(button => getComputedStyle(button).borderLeftColor)")
    assert len(set(places)) == 2, "they wrap at this width"
    assert all(border.startswith("rgb(") for border in borders), borders  # a transparent one is rgba(0, 0, 0, 0)


def test_numbers_in_bars_are_legible_or_left_out(server, open_page):
    """None is wider than its part of the bar, and none is made smaller to fit."""
    page = open_page(PHONE)
    page.goto(server.url + "/cooperations")
    wait_ready(page)
    page.locator(".bartext").nth(5).wait_for()  # bars take the place of the matrix once the width is measured
    wait_charts(page)
    shown = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"] .points .point')]
            .map(part => [part.querySelector('text'), part.querySelector('path')])
            .filter(([text]) => text && text.textContent && getComputedStyle(text).display !== 'none')
            .map(([text, bar]) => [text.textContent, ...[text, bar].map(box => box.getBoundingClientRect())])
            .map(([number, text, bar]) => [number, text.width, bar.width, text.height])"""
    )
    assert len(shown) > 5
    assert [one for one in shown if one[1] > one[2] + 1 or one[3] < MIN_NUMBER_PX] == []
