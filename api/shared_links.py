"""Open Graph of the pages: a link that is shared shows title, finding and picture of the view that it leads to.

The pages themselves are drawn in the browser, so the HTML that Streamlit answers is the same for all; the middleware
writes the words of each into its head.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.preloads import preload_links
from cards.catalogue import CATALOGUE, make_card
from domain.filter_values import NO_FILTER
from domain.filters import PARAMETERS, parse
from domain.pages import BROWSER_TITLE_END, EXPLORER, PAGES, START_PAGE, Page, page
from domain.product import NAME
from domain.record_types import TABLE_OF_PARAMETER
from domain.urls import RELEASE
from explorer.view import explore
from settings import load_settings
from warehouse import earlier_releases, provenance, query_cache
from warehouse.connection import DatabaseNotReadyError

log = logging.getLogger(__name__)

PICTURE_FOLDER = "share"  # of the static files: a picture for each page, with its name
PICTURE_WIDTH_PX, PICTURE_HEIGHT_PX = 1200, 630
MAX_ID_CHARS = 40  # of a release
MAX_TEXT_CHARS = 300  # readers of links cut longer ones
_NAMES = frozenset(one.name for one in PAGES)
_OF_PROGRAMS = "/api/"  # its registers have names of pages
_TITLE_OF_STREAMLIT = "<title>Streamlit</title>"
_HEAD_END = "</head>"
# Headers of the request that would make the answer empty, packed, or a part of the file.
_NOT_PASSED_ON = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range")

Params = Mapping[str, list[str]]


@dataclass(frozen=True)
class SharedLink:
    """What a link shows: title, text, and the name of the page whose picture stands beside them."""

    title: str
    text: str
    page: str


def shared_link(name: str, params: Params) -> SharedLink:
    """The words for a page with the parameters of its URL; it is as the page, which drops what is unknown."""
    declared = page(name)
    try:
        with query_cache.pinned():
            return _of_data(declared, params)
    except DatabaseNotReadyError:  # the page says so
        pass
    except Exception:  # a page must open whatever becomes of these words
        log.exception("no words for a link to %s", name)
    return SharedLink(declared.browser_title, declared.question, name)


def _of_data(declared: Page, params: Params) -> SharedLink:
    release = (params.get(RELEASE) or [""])[-1]
    if release in ("", query_cache.release_name()):
        return _of_figures(declared, params)
    database = earlier_releases.database(release)
    if database is None or not database.exists():  # nobody has opened the page, which prepares the figures
        text = f"{declared.question} The link names release {release[:MAX_ID_CHARS]}."
        return SharedLink(declared.browser_title, text, declared.name)
    with query_cache.reading(database):
        return _of_figures(declared, params)


def _of_figures(declared: Page, params: Params) -> SharedLink:
    """The words from the database that is read."""
    record = _record(params)
    if record:
        return SharedLink(f"{record} – {BROWSER_TITLE_END}", f"{NAME}. {query_cache.release_line()}.", declared.name)
    finding, label = _finding(declared, params)
    filtered = "" if label == NO_FILTER else f" Filter: {label}."
    text = f"{_sentence(finding or declared.question)}{filtered} {query_cache.release_line()}."
    return SharedLink(declared.browser_title, text, declared.name)


def _record(params: Params) -> str:
    """Name of the record that the URL opens; '' for none."""
    for parameter, table in TABLE_OF_PARAMETER.items():
        if record_id := (params.get(parameter) or [""])[-1]:
            return query_cache.run_uncached(provenance.label, table, record_id)
    return ""


def _finding(declared: Page, params: Params) -> tuple[str, str]:
    """Title of the card that the URL names, else of the first card of the page, and the filters as text.

    Of the Explorer what it counts, with the choice.
    """
    filters, _ = parse({name: params.get(name, []) for name in PARAMETERS}, query_cache.vocabulary())
    if declared.name == EXPLORER:
        return explore(params, filters).words, NO_FILTER
    own = (name for name, definition in CATALOGUE.items() if definition.page == declared.name)
    name = next((one for one in params.get("card", []) if one in CATALOGUE), "") or next(own, "")
    card = make_card(name, filters, {c: tuple(params.get(c, ())) for c in CATALOGUE[name].choices}) if name else None
    if card is not None:
        return card.title, card.filter_label if card.filters.active() else NO_FILTER
    vocabulary = query_cache.vocabulary()
    return "", declared.applied(filters, vocabulary.traded_clusters).describe(vocabulary)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def head_of(link: SharedLink, url: str, base_url: str) -> str:
    """The elements of the head of a page, escaped; ``base_url`` is that of the dashboard."""
    text = link.text if len(link.text) <= MAX_TEXT_CHARS else f"{link.text[: MAX_TEXT_CHARS - 1].rstrip()}…"
    properties = {
        "og:type": "website",
        "og:site_name": NAME,
        "og:title": link.title,
        "og:description": text,
        "og:url": url,
    }
    named = {"description": text, "twitter:card": "summary"}
    if picture := _picture(link.page):
        properties |= {
            "og:image": f"{base_url}/app/static/{PICTURE_FOLDER}/{picture}",
            "og:image:width": str(PICTURE_WIDTH_PX),
            "og:image:height": str(PICTURE_HEIGHT_PX),
            "og:image:alt": f"The page {page(link.page).title} of the dashboard",
        }
        named["twitter:card"] = "summary_large_image"
    lines = [f"<title>{escape(link.title)}</title>"]
    lines += [f'<meta property="{name}" content="{escape(value)}" />' for name, value in properties.items()]
    lines += [f'<meta name="{name}" content="{escape(value)}" />' for name, value in named.items()]
    return "\n".join(lines)


def _picture(name: str) -> str:
    """File name of the picture of a page, else that of the start page; '' where there is none."""
    folder = load_settings().static_dir / PICTURE_FOLDER
    return next((f"{one}.png" for one in (name, START_PAGE) if (folder / f"{one}.png").is_file()), "")


class SharedLinks:
    """ASGI middleware that writes the words of each page into the head of its HTML."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a page with its own head; every other request passes as it is."""
        name = _page_name(scope)
        if not name or load_settings().needs_login:  # the words hold findings
            await self.app(scope, receive, send)
            return
        await self.app(_plain(scope), receive, _Rewriter(Request(scope), name, send))


def _page_name(scope: Scope) -> str:
    """Name of the page that is asked for; '' for anything else."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_OF_PROGRAMS):
        return ""
    last = scope["path"].rsplit("/", 1)[-1]
    return START_PAGE if not last else last if last in _NAMES - {START_PAGE} else ""


def _plain(scope: Scope) -> Scope:
    """The request, asking for the whole answer as it is."""
    headers = [(name, value) for name, value in scope["headers"] if name.lower() not in _NOT_PASSED_ON]
    extensions = {k: v for k, v in (scope.get("extensions") or {}).items() if k != "http.response.pathsend"}
    return {**scope, "headers": headers, "extensions": extensions}


class _Rewriter:
    """Receives the answer of a page and sends it on with its head rewritten, if it is HTML."""

    def __init__(self, request: Request, name: str, send: Send) -> None:
        self._request, self._name, self._send = request, name, send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)
        else:
            await self._send(message)

    async def _send_page(self, start: Message) -> None:
        body = await run_in_threadpool(self._page)
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in ("etag", "last-modified"):  # those of the file, which is the same for all pages
            if name in headers:
                del headers[name]
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-cache"
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})

    def _page(self) -> bytes:
        html = self._body.decode("utf-8")
        params = parse_qs(self._request.url.query, keep_blank_values=True)
        base = load_settings().public_url or self._base()
        path = "" if self._name == START_PAGE else self._name
        query = f"?{self._request.url.query}" if self._request.url.query else ""
        head = head_of(shared_link(self._name, params), f"{base}/{path}{query}", base)
        return _with_head(html, "\n".join([head, *preload_links(self._name)])).encode()

    def _base(self) -> str:
        """URL of the dashboard as it was requested: without the page, the query and a slash at its end."""
        url = self._request.url
        return f"{url.scheme}://{url.netloc}{url.path.rsplit('/', 1)[0]}"


def _is_html(start: Message) -> bool:
    return start["status"] == 200 and Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def _with_head(html: str, head: str) -> str:
    without = html.replace(_TITLE_OF_STREAMLIT, "", 1)
    before, end, after = without.partition(_HEAD_END)
    return f"{before}{head}\n{end}{after}" if end else html
