"""ASGI middleware around every page: security headers, limits of uploads, closed addresses.

It wraps the whole application in asgi.py, the data API included. `streamlit run dashboard.py` serves without it.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime

from settings import Settings, load_settings

# Streamlit puts its styles into the page and loads components and workers from blobs; maps and tables are WebAssembly.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
_METRICS = "/_stcore/metrics"
_UPLOAD = "/_stcore/upload_file/"
MAX_UPLOAD_BYTES = 50_000_000  # server.maxUploadSize
MAX_HELD_BYTES = 200_000_000  # of uploaded files in memory, of all readers together


class HttpSecurity:
    """ASGI middleware: adds the headers to every answer and refuses what is closed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._coming_bytes = 0  # of files that are being uploaded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = security_headers(scope, load_settings())

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        if refusal := self._refusal(scope):
            await refusal(scope, receive, send_with_headers)
        elif _is_upload(scope):
            size = _stated_bytes(scope)
            self._coming_bytes += size
            try:
                await self._app(scope, receive, send_with_headers)
            finally:
                self._coming_bytes -= size
        else:
            await self._app(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if scope["path"].rstrip("/").endswith(_METRICS):
            return PlainTextResponse("Not found.", 404)
        if not _is_upload(scope):
            return None
        if not load_settings().takes_uploads:
            return PlainTextResponse("This dashboard takes no files.", 403)
        if self._coming_bytes + _held_bytes() + _stated_bytes(scope) > MAX_HELD_BYTES:
            return PlainTextResponse("Other files are being checked at this moment. Try again in a minute.", 429)
        return None


def _is_upload(scope: Scope) -> bool:
    return scope["method"] == "PUT" and _UPLOAD in scope["path"]


def _stated_bytes(scope: Scope) -> int:
    """Size of an upload as its header says; the largest that is allowed where it says nothing that can be read."""
    text = Headers(scope=scope).get("content-length", "")
    return min(int(text), MAX_UPLOAD_BYTES) if text.isascii() and text.isdigit() else MAX_UPLOAD_BYTES


def _held_bytes() -> int:
    """Bytes of the files that readers have uploaded and that are still in memory."""
    if not Runtime.exists():
        return 0
    held = getattr(Runtime.instance().uploaded_file_mgr, "file_storage", {})
    return sum(len(file.data) for files in list(held.values()) for file in list(files.values()))


def security_headers(scope: Scope, settings: Settings) -> dict[str, str]:
    """The headers for the answer to a request."""
    ancestors = settings.embed_hosts if is_embedded(scope) else ()
    sockets = [f"{kind}://{host}" for kind in ("ws", "wss") if (host := _host(scope))]
    policy = _POLICY | {
        "script-src": " ".join([_POLICY["script-src"], *inline_scripts()]),
        "connect-src": " ".join([_POLICY["connect-src"], *sockets]),
        "frame-ancestors": " ".join(ancestors) or "'none'",
    }
    headers = _HEADERS | {"content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items())}
    return headers if ancestors else headers | {"x-frame-options": "DENY"}


@cache
def inline_scripts() -> tuple[str, ...]:
    """The hashes of the scripts within the page that Streamlit sends, so that no other script within it runs."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    return tuple(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts)


def is_embedded(scope: Scope) -> bool:
    """Whether the address asks for a card to be shown in another site."""
    values: Iterable[str] = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("embed", ())
    return "true" in values


def _host(scope: Scope) -> str:
    """Host and port that the browser asked, '' when it is none: websockets of older browsers need them by name."""
    host = Headers(scope=scope).get("host", "")
    return host if _HOST.fullmatch(host) else ""
