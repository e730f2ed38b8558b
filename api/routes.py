"""Routes of the data API and of what machines ask a web site for: health, robots, site map, feed of changes."""

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api import answers
from api.answers import Answer
from api.errors import ApiError
from api.feed import atom
from api.openapi import openapi
from api.queries import RegisterQuery, only_release, register_query
from api.releases import reading
from api.rows import json_bytes
from domain.pages import PAGES, START_PAGE
from domain.urls import RELEASE
from settings import load_settings
from warehouse import queries, query_cache
from warehouse.connection import DatabaseNotReadyError

PREFIX = "/api/v1"
_TRY_AGAIN = 503
_RETRY_AFTER_SECONDS = "30"
# Scripts of other sites may read every answer, and these headers of it.
_FOR_SCRIPTS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Link, Retry-After, X-Data-Release, X-Total-Count",
}
# What a browser asks for before a script of another site may send a header such as If-None-Match.
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",  # seconds for which a browser need not ask again
}
_METHODS = {"Allow": "GET, HEAD, OPTIONS"}


def base_url(request: Request) -> str:
    """URL of the dashboard without a slash at its end: the public one, else that of the request."""
    return load_settings().public_url or str(request.base_url).rstrip("/")


def _answer(request: Request, make: Callable[[], Answer]) -> Response:
    """The answer of ``make`` with its ETag; 304 where the caller has it already, an error in one line of JSON."""
    try:
        with reading(request.query_params.get(RELEASE, "")):
            tag, release = _etag(request), query_cache.release_name()
            if tag in [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]:
                return Response(status_code=304, headers={"ETag": tag, **_FOR_SCRIPTS})
            answer = make()
    except ApiError as error:
        wait = {"Retry-After": _RETRY_AFTER_SECONDS} if error.status == _TRY_AGAIN else {}
        return JSONResponse({"error": error.message}, error.status, headers={**wait, **_FOR_SCRIPTS})
    except DatabaseNotReadyError:
        return JSONResponse(
            {"error": "The database is not ready. Please try again in a moment."},
            _TRY_AGAIN,
            headers={"Retry-After": _RETRY_AFTER_SECONDS, **_FOR_SCRIPTS},
        )
    headers = {"ETag": tag, "X-Data-Release": release, "Cache-Control": "no-cache", **_FOR_SCRIPTS}
    if answer.file_name:
        headers["Content-Disposition"] = f'attachment; filename="{answer.file_name}"'
        headers["X-Total-Count"] = str(answer.count)
    if answer.next_offset:
        headers["Link"] = _link_to_next(request, answer.next_offset)
    return Response(answer.body, headers=headers, media_type=answer.mime)


def _etag(request: Request) -> str:
    """One for each path, query, build that is read, and published build, which an earlier one is compared with."""
    build = " ".join(answers.builds())
    text = f"{build} {base_url(request)} {request.url.path}?{request.url.query}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _json(request: Request, make: Callable[[], Any]) -> Response:
    return _answer(request, lambda: Answer(json_bytes(make()), answers.MIME_TYPES["json"]))


def _pairs(request: Request) -> list[tuple[str, str]]:
    return request.query_params.multi_items()


def _list(request: Request, make: Callable[[], Any]) -> Response:
    """What there is; ``release`` is its only parameter."""

    def checked() -> Any:
        only_release(_pairs(request))
        return make()

    return _json(request, checked)


def _registers(request: Request) -> Response:
    return _list(request, answers.registers)


def _register(request: Request) -> Response:
    return _paged(request, answers.register)


def _edges(request: Request) -> Response:
    return _paged(request, answers.edge_list)


def _paged(request: Request, make: Callable[[RegisterQuery], Answer]) -> Response:
    """A page of rows."""
    register = request.path_params.get("register", "cooperations")
    return _answer(request, lambda: make(register_query(register, _pairs(request))))


def _link_to_next(request: Request, offset: int) -> str:
    """Header that leads to the next page of rows, after RFC 8288."""
    others = [(name, value) for name, value in _pairs(request) if name != "offset"]
    query = urlencode([*others, ("offset", str(offset))])
    return f'<{base_url(request)}{request.url.path}?{query}>; rel="next"'


def _cards(request: Request) -> Response:
    return _list(request, answers.cards)


def _card(request: Request) -> Response:
    return _json(request, lambda: answers.card(request.path_params["card"], _pairs(request)))


def _openapi(request: Request) -> Response:
    return _json(request, lambda: openapi(base_url(request)))


def _feed(request: Request) -> Response:
    return _answer(request, lambda: Answer(atom(base_url(request)), "application/atom+xml"))


def _health(_request: Request) -> Response:
    """200 with the build when the database answers, else 503: for a proxy or an orchestrator."""
    try:
        return JSONResponse({"status": "ok", **answers.about()}, headers={"Cache-Control": "no-store"})
    except DatabaseNotReadyError as error:
        return JSONResponse({"status": "not ready", "reason": str(error)}, 503, headers={"Cache-Control": "no-store"})


def _robots(request: Request) -> Response:
    return Response(f"User-agent: *\nAllow: /\nSitemap: {base_url(request)}/sitemap.xml\n", media_type="text/plain")


def _sitemap(request: Request) -> Response:
    """Every page of the menu, last changed with the build."""
    try:
        day = query_cache.run_query(queries.build_info).iloc[0]["built_at"].date().isoformat()
    except DatabaseNotReadyError:
        return Response(status_code=503, headers={"Retry-After": _RETRY_AFTER_SECONDS})
    names = ["" if page.name == START_PAGE else page.name for page in PAGES]
    urls = "".join(
        f"<url><loc>{escape(base_url(request))}/{name}</loc><lastmod>{day}</lastmod></url>" for name in names
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>\n'
    return Response(body, media_type="application/xml")


def _unknown(_request: Request) -> Response:
    message = f"There is no such address; {PREFIX}/openapi.json describes what there is."
    return JSONResponse({"error": message}, 404, headers=_FOR_SCRIPTS)


def _not_read(request: Request) -> Response:
    """The answer to OPTIONS for any address of the data API, and the refusal of what would change something."""
    headers = {**_METHODS, **_FOR_SCRIPTS}
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={**headers, **_PREFLIGHT})
    message = f"{request.method} is not possible: the data can be read only. Ask with GET."
    return JSONResponse({"error": message}, 405, headers=headers)


# Starlette runs these functions in threads: a query holds up no other request.
ROUTES = [
    Route("/api/{rest:path}", _not_read, methods=["OPTIONS", "POST", "PUT", "PATCH", "DELETE"]),
    Route(PREFIX, _registers),
    Route(f"{PREFIX}/openapi.json", _openapi),
    Route(f"{PREFIX}/feed.atom", _feed),
    Route(f"{PREFIX}/cards", _cards),
    Route(f"{PREFIX}/cards/{{card}}", _card),
    Route(f"{PREFIX}/cooperations/edges", _edges),
    Route(f"{PREFIX}/{{register}}", _register),
    Route("/api/{rest:path}", _unknown),
    Route("/healthz", _health),
    Route("/robots.txt", _robots),
    Route("/sitemap.xml", _sitemap),
]
