"""A reader without a browser: speaks to the server over a websocket as the front end of Streamlit does.

For tests and measurements with many readers at once, for which browsers would need more of the machine than the server.
"""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tools.serve.nginx import COOKIE

TIMEOUT_SECONDS = 120  # for one run
MAX_MESSAGE_BYTES = 200_000_000


class ReaderError(Exception):
    """The server showed an error, or did not answer."""


@dataclass
class Run:
    """What one run of a page sent.

    ``seconds`` from the question to the end of the script, ``size`` in bytes; ``titles`` of the page, ``faults`` that
    it shows; by key of widget the ids of ``buttons``, the addresses of files that are ready (``files``) and the ids of
    those that are made on the click (``deferred``); ``fragments`` that ask to be run again, and in
    how many seconds.
    """

    seconds: float = 0.0
    size: int = 0
    titles: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    deferred: dict[str, str] = field(default_factory=dict)
    fragments: list[tuple[str, float]] = field(default_factory=list)

    def read(self, message: ForwardMsg) -> None:
        """Keep what a message tells."""
        if message.HasField("auto_rerun"):
            self.fragments.append((message.auto_rerun.fragment_id, message.auto_rerun.interval))
        if not message.HasField("delta"):
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "heading":
            self.titles.append(element.heading.body)
        elif kind == "exception":
            self.faults.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert":
            told = self.faults if element.alert.format == element.alert.ERROR else self.warnings
            told.append(element.alert.body)
        elif kind == "button":
            self.buttons[_key(element.button.id)] = element.button.id
        elif kind == "download_button":
            file = element.download_button
            of = self.deferred if file.deferred_file_id else self.files
            of[_key(file.id)] = file.deferred_file_id or file.url


def _key(widget_id: str) -> str:
    """The key that the program gave a widget; it ends its id."""
    return widget_id.rsplit("-", 1)[-1]


class Reader:
    """A connected reader; ``page`` and ``query`` are those shown last, ``cookie`` is that of a server in front."""

    def __init__(self, url: str, socket: ClientConnection, cookie: str = "") -> None:
        self.url, self._socket, self.cookie = url, socket, cookie
        self.page, self.query = "", ""
        self._page_hash = ""  # by which the server knows the page that is shown

    async def open(self, page: str = "", query: str = "") -> Run:
        """Go to a page (its name, "" for the start page) with the parameters of its address."""
        self.page, self.query = page, query
        message = self._rerun()
        message.rerun_script.page_name = page
        message.rerun_script.page_script_hash = ""
        return await self._ask(message)

    async def press(self, widget_id: str) -> Run:
        """Press a button."""
        message = self._rerun()
        message.rerun_script.widget_states.widgets.add(id=widget_id, trigger_value=True)
        return await self._ask(message)

    async def run_fragment(self, fragment_id: str) -> Run:
        """Run a part of the page that asks to be run again."""
        message = self._rerun()
        message.rerun_script.fragment_id = fragment_id
        message.rerun_script.is_auto_rerun = True
        return await self._ask(message)

    async def make_file(self, name: str) -> bytes:
        """Have a file of the page Downloads made, and fetch it. Raises ReaderError when there is none."""
        run = await self.open("downloads", self.query)
        run = await self.press(run.buttons[f"make_{name}"])
        fragments = run.fragments
        end = time.monotonic() + TIMEOUT_SECONDS
        while f"download_{name}" not in run.files:
            if run.warnings or time.monotonic() > end:
                raise ReaderError(f"{name}: {' '.join(run.warnings) or 'not made in time'}")
            if fragments:
                fragment_id, seconds = fragments[-1]
                await asyncio.sleep(seconds)
                run = await self.run_fragment(fragment_id)
            else:
                run = await self.open("downloads", self.query)
            fragments = run.fragments or fragments
        return await asyncio.to_thread(self._fetch, run.files[f"download_{name}"])

    async def close(self) -> None:
        """Leave."""
        await self._socket.close()

    async def next_message(self) -> bytes:
        """What the server sends next, without being asked."""
        content: Any = await self._socket.recv()
        return bytes(content)

    def _fetch(self, path: str) -> bytes:
        asked = urllib.request.Request(f"{self.url}{path}", headers={"Cookie": self.cookie} if self.cookie else {})
        with urllib.request.urlopen(asked, timeout=TIMEOUT_SECONDS) as answer:
            content: bytes = answer.read()
        return content

    def _rerun(self) -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self._page_hash
        message.rerun_script.context_info.timezone = "UTC"
        return message

    async def _ask(self, message: BackMsg) -> Run:
        """Send a message and read until the script has ended."""
        run, begun = Run(), time.monotonic()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while True:
                content = await self.next_message()
                run.size += len(content)
                answer = ForwardMsg.FromString(content)
                run.read(answer)
                if answer.HasField("navigation"):
                    self._page_hash = answer.navigation.page_script_hash
                # A script that ended early is run again at once.
                if answer.HasField("script_finished") and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    break
        run.seconds = time.monotonic() - begun
        return run


@asynccontextmanager
async def reader(url: str, cookie: str = "") -> AsyncIterator[Reader]:
    """A reader of the server at ``url`` (without a slash at its end), until the block ends.

    cookie: what the server in front gave with the page, as `first_cookie` returns it; the answer may change it.
    """
    socket = await connect(
        f"{url.replace('http', 'ws', 1)}/_stcore/stream",
        origin=url,  # type: ignore[arg-type]  # a type of its own for texts
        subprotocols=["streamlit"],  # type: ignore[list-item]  # likewise
        max_size=MAX_MESSAGE_BYTES,
        compression=None,
        open_timeout=TIMEOUT_SECONDS,
        ping_timeout=None,
        additional_headers={"Cookie": cookie} if cookie else None,
    )
    given = socket.response.headers.get_all("Set-Cookie") if socket.response else []
    one = Reader(url, socket, next((text.partition(";")[0] for text in given if text.startswith(COOKIE)), cookie))
    try:
        yield one
    finally:
        await one.close()


def first_cookie(url: str) -> str:
    """The cookie that names the process of a browser which opens a page for the first time; "" of a single process."""
    asked = urllib.request.Request(f"{url}/", headers={"Upgrade-Insecure-Requests": "1"})
    with urllib.request.urlopen(asked, timeout=TIMEOUT_SECONDS) as answer:
        given = answer.headers.get_all("Set-Cookie") or []
    return next((one.partition(";")[0] for one in given if one.startswith(f"{COOKIE}=")), "")


def health(url: str) -> dict[str, Any]:
    """What the server says of its health."""
    with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
        told: dict[str, Any] = json.load(answer)
    return told
