"""A chart as a PNG or SVG file that can be quoted: with its title, measure, source and release in the image."""

import asyncio
import atexit
import math
import os
from collections.abc import Mapping
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from threading import Lock, Thread
from time import monotonic
from typing import Any

import kaleido

from charts.chart import IMAGE_FORMATS, LETTER_WIDTH, LINE_HEIGHT, Chart
from charts.theme import INK, MUTED_INK
from exports.images import browser

WIDTH = 1200  # pixels; a PNG has twice as many
EDGE = 24  # pixels left free on every side
TITLE_SIZE = 22
SMALL = 13
START_TIMEOUT_SECONDS = 60  # a limit for starting the browser, not an expectation: it takes about two
RENDER_TIMEOUT_SECONDS = 45  # the same for a image: about 0.2
CLOSE_TIMEOUT_SECONDS = 10
RETRY_LOOKUP_SECONDS = 120  # a browser that hangs makes looking for one slow: not on every rerun of a page
NO_BROWSER = (
    "Pictures need a Chromium or Chrome on the machine that runs the dashboard, and none was found. Install one "
    "('sudo apt-get install -y chromium') or set CHROME_PATH. Without it, the camera button over a chart saves a PNG."
)


class ImageExportError(Exception):
    """No image came; the message says why and what to do."""


@dataclass(frozen=True)
class ImageCaption:
    """What a image says beside its chart; plain text, markup in it stays text."""

    title: str
    subtitle: str
    source_line: str
    filter_label: str
    release_line: str


def unavailable_reason() -> str | None:
    """None when pictures can be drawn, else the reason in words for the reader."""
    return None if _RENDERER.path() else NO_BROWSER


def last_error() -> str:
    """Why the last image could not be drawn; empty when it could. A download that fails tells the reader no reason."""
    return _RENDERER.problem


def render_image(chart: Chart, image_format: str, words: ImageCaption, width: int = WIDTH) -> bytes:
    """The chart with its words as a file; 'png' at double size, or 'svg'.

    Safe to call from several threads: pictures are drawn one after the other by one browser that stays open. Raises
    ValueError for another format, and ImageExportError when there is no browser or it does not answer in time.
    """
    if image_format not in IMAGE_FORMATS:
        raise ValueError(f"unknown image format {image_format!r}; use one of {', '.join(IMAGE_FORMATS)}")
    drawn = captioned_figure(chart, words, width)
    size = {"width": width, "height": drawn["layout"]["height"]}
    return _RENDERER.draw(drawn, {"format": image_format, "scale": 2 if image_format == "png" else 1, **size})


def captioned_figure(chart: Chart, words: ImageCaption, width: int = WIDTH) -> dict[str, Any]:
    """The figure on a larger sheet: title and subtitle above it, source, filters and release below."""
    figure = deepcopy(chart.figure)
    layout = figure["layout"]
    margin = dict(layout["template"]["layout"]["margin"]) | dict(layout.get("margin", {}))
    title, subtitle = _block(words.title, TITLE_SIZE, width, bold=True), _block(words.subtitle, SMALL, width)
    foot_words = f"{words.source_line} · Filter: {words.filter_label} · {words.release_line}"
    foot = _block(foot_words, SMALL, width)
    above = EDGE + _height(title, TITLE_SIZE) + 6 + _height(subtitle, SMALL) + 12
    below = 12 + _height(foot, SMALL) + EDGE
    height = chart.height + above + below
    layout |= {
        "width": width,
        "height": height,
        "autosize": False,
        "margin": {side: margin[side] + more for side, more in zip("lrtb", (EDGE, EDGE, above, below), strict=True)},
        "annotations": [
            *layout.get("annotations", ()),
            _note(title, TITLE_SIZE, INK, -margin["l"], y=1, yanchor="top", yshift=margin["t"] + above - EDGE),
            _note(subtitle, SMALL, MUTED_INK, -margin["l"], y=1, yanchor="bottom", yshift=margin["t"] + 12),
            _note(foot, SMALL, MUTED_INK, -margin["l"], y=0, yanchor="top", yshift=-(margin["b"] + 12)),
        ],
    }
    _move_legend(layout, above, chart.height, height)
    return figure


def _move_legend(layout: dict[str, Any], above: int, before: int, after: int) -> None:
    """A legend placed on the sheet keeps its place over the chart."""
    legend = layout.get("legend", {})
    if legend.get("yref") == "container":
        from_top = (1 - legend["y"]) * before + above
        layout["legend"] = legend | {"y": 1 - from_top / after, "x": 0, "xref": "paper"}


def _block(text: str, size: int, width: int, bold: bool = False) -> str:
    """The text in lines that fit between the edges."""
    letters = int((width - 2 * EDGE) / (LETTER_WIDTH * size / SMALL))
    lines = "<br>".join(escape(line, quote=False) for line in wrap(text, letters))
    return f"<b>{lines}</b>" if bold and lines else lines


def _height(block: str, size: int) -> int:
    return math.ceil((block.count("<br>") + 1) * LINE_HEIGHT * size / SMALL)


def _note(text: str, size: int, colour: str, shift: float, **place: Any) -> dict[str, Any]:
    return {
        "text": text,
        "showarrow": False,
        "align": "left",
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": shift,
        "borderpad": 0,
        "font": {"size": size, "color": colour},
        **place,
    }


class _ImageRenderer:
    """One browser for all pictures, started with the first, in a thread with a loop of its own.

    kaleido's own sync server mixes up answers when two threads ask at once and waits for ever when its browser
    does not start; here each image has its own future and a limit, and after a failure the browser is started anew.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._path: str | None = None
        self._look_again_at = 0.0
        self.problem = ""  # of the last image
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kaleido: kaleido.Kaleido | None = None
        self._is_open = False

    def path(self) -> str | None:
        """The browser's path; looked for again now and then as long as there is none."""
        if self._path is None and monotonic() >= self._look_again_at:
            self._path = browser.find(os.environ)
            self._look_again_at = monotonic() + RETRY_LOOKUP_SECONDS
        return self._path

    def draw(self, figure: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
        """The image as bytes; ImageExportError otherwise."""
        try:
            found = self._drawn(figure, options)
        except ImageExportError as problem:
            self.problem = str(problem)
            raise
        self.problem = ""
        return found

    def _drawn(self, figure: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
        with self._lock:
            try:
                self._start()
                return self._run(self._kaleido.calc_fig(dict(figure), opts=dict(options)), RENDER_TIMEOUT_SECONDS)
            except ImageExportError:
                raise
            except TooLate:
                raise ImageExportError(
                    f"The browser {self._give_up()} did not draw the image in time. Try again; if it stays so, the "
                    "machine is too busy or the browser is broken."
                ) from None
            except Exception as problem:
                raise ImageExportError(
                    f"The browser {self._give_up()} could not draw the image: {type(problem).__name__}: {problem}. "
                    "Try again, or set CHROME_PATH to another Chromium or Chrome."
                ) from problem

    def _give_up(self) -> str | None:
        """Ends the browser and forgets it: the next image looks for one anew. Gives its path."""
        path, self._path, self._look_again_at = self._path, None, 0.0
        self.close()
        return path

    def _start(self) -> None:
        if self._is_open and self._kaleido.subprocess.poll() is None:
            return
        self.close()
        if self.path() is None:
            raise ImageExportError(NO_BROWSER)
        self._loop = asyncio.new_event_loop()
        Thread(target=self._loop.run_forever, name="pictures", daemon=True).start()
        self._run(self._open(), START_TIMEOUT_SECONDS)
        self._is_open = True

    async def _open(self) -> None:
        # No MathJax, which would come from another host; a proxy that is not there keeps the browser offline.
        self._kaleido = kaleido.Kaleido(
            path=self._path, mathjax=False, timeout=RENDER_TIMEOUT_SECONDS, proxy_server="127.0.0.1:9"
        )
        await self._kaleido.open()

    def _run(self, work: Any, seconds: float) -> Any:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        except TooLate:
            future.cancel()
            raise

    def close(self) -> None:
        """Ends the browser, by force when it does not answer; the next image starts it again."""
        if self._loop is None:
            return
        process = getattr(self._kaleido, "subprocess", None)
        is_alive = process is not None and process.poll() is None
        try:
            if self._kaleido is not None:
                with suppress(TooLate, OSError, RuntimeError):  # it may have ended by itself
                    self._run(self._kaleido.close(), CLOSE_TIMEOUT_SECONDS if is_alive else 1)
        finally:
            if process is not None and process.poll() is None:
                process.terminate()  # kaleido starts the browser through a small program, which passes this on
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._loop = self._kaleido = None
            self._is_open = False


_RENDERER = _ImageRenderer()
atexit.register(_RENDERER.close)
