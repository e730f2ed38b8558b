"""Image export: a chart as PNG or SVG, with its title, measure, source and release in the image."""

import asyncio
import atexit
import os
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Thread
from time import monotonic
from typing import Any

import kaleido

from charts.chart import IMAGE_FORMATS, Chart
from domain.product import AUTHOR, CREDIT, NAME
from exports.images import browser
from exports.images.caption import WIDTH_PX, ImageCaption, captioned_figure, footer_text
from exports.images.described import described_png, described_svg

START_TIMEOUT_SECONDS = 60  # starting the browser takes about two seconds
RENDER_TIMEOUT_SECONDS = 45  # an image takes about 0.2 seconds
CLOSE_TIMEOUT_SECONDS = 10
_NICENESS = 15  # of the browser
# Looking for a browser is slow when a candidate hangs: not on every rerun of a page.
RETRY_LOOKUP_SECONDS = 120
NO_BROWSER = (
    "Image export needs Chromium or Chrome on the machine that runs the dashboard, and none was found. Install one "
    "('sudo apt-get install -y chromium') or set CHROME_PATH. The camera button over a chart saves a PNG without it."
)


# What is done in the browser: a coroutine of its event loop.
Work = Callable[[kaleido.Kaleido], Coroutine[Any, Any, Any]]


class ImageExportError(Exception):
    """An image could not be made; the message says why and what to do."""


def unavailable_reason() -> str | None:
    """Why image export is unavailable, as a message for the reader; None if it is available."""
    return None if _RENDERER.path() else NO_BROWSER


def in_browser(work: Work, timeout_seconds: float, what: str) -> Any:
    """The result of some work in the browser that draws the images; ``what`` names in an error what was to be made.

    Raises ImageExportError when there is no browser or it does not answer in time.
    """
    return _RENDERER.run(work, timeout_seconds, what)


def last_error() -> str:
    """Why the last image could not be made; empty if it could. A failed download cannot show a message itself."""
    return _RENDERER.error


def render_image(chart: Chart, image_format: str, caption: ImageCaption, width_px: int = WIDTH_PX) -> bytes:
    """The chart with its caption as a file: 'png' at double size, or 'svg'.

    May be called from several threads: one browser stays open and draws the images one after the other. Raises
    ValueError for another format, and ImageExportError when there is no browser or it does not answer in time.
    """
    if image_format not in IMAGE_FORMATS:
        raise ValueError(f"unknown image format {image_format!r}; use one of {', '.join(IMAGE_FORMATS)}")
    figure = captioned_figure(chart, caption, width_px)
    size = {"width": width_px, "height": figure["layout"]["height"]}
    image = _RENDERER.render(figure, {"format": image_format, "scale": 2 if image_format == "png" else 1, **size})
    return _described(image, image_format, chart, caption)


def _described(image: bytes, image_format: str, chart: Chart, caption: ImageCaption) -> bytes:
    """The image with title, alternative text, source and release in the file."""
    source = footer_text(caption)
    if image_format == "svg":
        return described_svg(image, caption.title, f"{caption.subtitle}. {chart.alt} {source}")
    texts = {"Title": caption.title, "Description": f"{caption.subtitle}. {chart.alt}", "Source": source}
    return described_png(image, texts | {"Author": AUTHOR, "Copyright": CREDIT, "Software": NAME})


@dataclass(frozen=True)
class _Session:
    """A running browser and the event loop that talks to it."""

    loop: asyncio.AbstractEventLoop
    kaleido: kaleido.Kaleido

    def run(self, work: Coroutine[Any, Any, Any], timeout_seconds: float) -> Any:
        """The result of the work in the loop of the browser; raises TimeoutError after the timeout."""
        future = asyncio.run_coroutine_threadsafe(work, self.loop)
        try:
            return future.result(timeout_seconds)
        except TimeoutError:
            future.cancel()
            raise

    def is_alive(self) -> bool:
        """True while the process of the browser runs."""
        process = getattr(self.kaleido, "subprocess", None)
        return process is not None and process.poll() is None

    def step_back(self) -> None:
        """Let the pages of readers go first, where the system can: it has started the browser as a group of its own."""
        process = self.kaleido.subprocess
        with suppress(OSError, AttributeError):
            if os.getpgid(process.pid) == process.pid:
                os.setpriority(os.PRIO_PGRP, process.pid, _NICENESS)

    def close(self) -> None:
        """Close the browser; terminate it when it does not answer."""
        try:
            with suppress(TimeoutError, OSError, RuntimeError):  # it may have ended by itself
                self.run(self.kaleido.close(), CLOSE_TIMEOUT_SECONDS if self.is_alive() else 1)
        finally:
            if self.is_alive():
                # kaleido starts the browser through a small program, which passes the signal on.
                self.kaleido.subprocess.terminate()
            self.loop.call_soon_threadsafe(self.loop.stop)


class _ImageRenderer:
    """One browser for all images, started with the first one, in a thread with its own event loop.

    kaleido's own sync server mixes up answers when two threads call it at once, and waits forever when its browser does
    not start. Here each image has its own future and timeout, and after a failure the browser is started again.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._path: str | None = None
        self._next_lookup_at = 0.0
        self._session: _Session | None = None
        self.error = ""  # of the last image

    def path(self) -> str | None:
        """Path of the browser; while there is none, looked up again every RETRY_LOOKUP_SECONDS."""
        if self._path is None and monotonic() >= self._next_lookup_at:
            self._path = browser.find(os.environ)
            self._next_lookup_at = monotonic() + RETRY_LOOKUP_SECONDS
        return self._path

    def render(self, figure: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
        """The image; raises ImageExportError."""
        try:
            image = self.run(lambda client: client.calc_fig(dict(figure), opts=dict(options)), RENDER_TIMEOUT_SECONDS)
        except ImageExportError as error:
            self.error = str(error)
            raise
        self.error = ""
        return bytes(image)

    def run(self, work: Work, timeout_seconds: float, what: str = "image") -> Any:
        """The result of some work in the browser; raises ImageExportError, which names ``what`` was to be made."""
        with self._lock:
            try:
                session = self._open_session()
                return session.run(work(session.kaleido), timeout_seconds)
            except ImageExportError:
                raise
            except TimeoutError:
                raise ImageExportError(
                    f"The browser {self._reset()} did not draw the {what} in time. Try again. If it fails again, the "
                    "machine is too busy or the browser is broken."
                ) from None
            except Exception as error:
                raise ImageExportError(
                    f"The browser {self._reset()} could not draw the {what}: {type(error).__name__}: {error}. "
                    "Try again, or set CHROME_PATH to another Chromium or Chrome."
                ) from error

    def _reset(self) -> str | None:
        """Close the browser and forget its path, which is returned: the next image looks for a browser again."""
        path, self._path, self._next_lookup_at = self._path, None, 0.0
        self.close()
        return path

    def _open_session(self) -> _Session:
        """The session, with a new browser if there is none or it has ended."""
        if self._session is not None and self._session.is_alive():
            return self._session
        self.close()
        path = self.path()
        if path is None:
            raise ImageExportError(NO_BROWSER)
        loop = asyncio.new_event_loop()
        Thread(target=loop.run_forever, name="images", daemon=True).start()
        client = asyncio.run_coroutine_threadsafe(_new_client(path), loop).result(START_TIMEOUT_SECONDS)
        self._session = _Session(loop, client)
        self._session.run(client.open(), START_TIMEOUT_SECONDS)
        self._session.step_back()
        return self._session

    def close(self) -> None:
        """Close the browser; the next image starts it again."""
        session, self._session = self._session, None
        if session is not None:
            session.close()


async def _new_client(path: str) -> kaleido.Kaleido:
    """A client for the browser at ``path``, created in the event loop that it will use."""
    # No MathJax, which would come from another host; a proxy that does not exist keeps the browser offline.
    return kaleido.Kaleido(path=path, mathjax=False, timeout=RENDER_TIMEOUT_SECONDS, proxy_server="127.0.0.1:9")


_RENDERER = _ImageRenderer()
atexit.register(_RENDERER.close)


def close_browser() -> None:
    """Close the browser, at the end of the server."""
    _RENDERER.close()
