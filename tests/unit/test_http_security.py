"""Headers and refusals of the server, and the settings behind them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from settings import load_settings
from ui import http_security
from ui.http_security import HttpSecurity

SITE = "https://www.example.org"


async def _fine(_request):
    return PlainTextResponse("fine")


APP = HttpSecurity(Starlette(routes=[Route("/{rest:path}", _fine, methods=["GET", "PUT"])]))


def ask(path: str, query: str = "", method: str = "GET", **headers: str) -> tuple[int, dict[str, str]]:
    """Status and headers of the answer."""
    sent: list[dict] = []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    # In a thread of its own: Playwright leaves a running loop in the thread of a worker that has run browser tests.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(APP(scope, receive, send))).result()
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def policy(headers: dict[str, str]) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))


def test_every_answer_has_the_headers():
    status, headers = ask("/cooperations", host="clusters.example.org:8443")
    assert status == 200 and headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin" and headers["x-frame-options"] == "DENY"
    assert headers["permissions-policy"] == "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    rules = policy(headers)
    assert rules.pop("script-src").startswith("'self' blob: 'wasm-unsafe-eval' 'sha256-")
    sockets = [f"{kind}://clusters.example.org:8443" for kind in ("ws", "wss")]
    assert rules.pop("connect-src").split() == ["'self'", "data:", "blob:", *sockets]
    assert rules == {
        **{name: "'self'" for name in ("default-src", "frame-src", "base-uri", "form-action")},
        **{name: "'none'" for name in ("object-src", "frame-ancestors")},
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
    }
    assert "*" not in headers["content-security-policy"] and "http:" not in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["a b", "x;script-src *", "x'", "", "x\u00e9"])
def test_a_host_that_is_none_is_not_repeated(host):
    rules = policy(ask("/", host=host)[1])
    assert rules["connect-src"] == "'self' data: blob:" and "*" not in rules["script-src"]


def test_only_cards_may_be_framed_and_only_where_the_operator_says(monkeypatch):
    monkeypatch.delenv("CLUSTERS_EMBED_HOSTS", raising=False)
    assert policy(ask("/projects", "embed=true")[1])["frame-ancestors"] == "'none'"
    monkeypatch.setenv("CLUSTERS_EMBED_HOSTS", f"{SITE}, http://localhost:8000/")
    _, headers = ask("/projects", "card=usa_share&embed=true")
    assert policy(headers)["frame-ancestors"] == f"{SITE} http://localhost:8000" and "x-frame-options" not in headers
    for query in ("", "embed=false", "embed=", "noembed=true"):
        _, headers = ask("/projects", query)
        assert policy(headers)["frame-ancestors"] == "'none'" and headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("example.org", "does not begin with http"),
        ("https://a.example/path", "holds more than a host"),
        ("https://a.example *", "does not begin with http"),
        ("https://*.example", "a character that a host cannot have"),
        ("https://a.example;script-src", "a character that a host cannot have"),
    ],
)
def test_sites_that_cannot_be(text, problem):
    settings = load_settings({"CLUSTERS_EMBED_HOSTS": text})
    assert settings.embed_hosts == () and problem in settings.embed_hosts_problem


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/clusters/_stcore/metrics", "/_stcore/metrics/"])
def test_metrics_are_closed(path):
    assert ask(path)[0] == 404 and ask("/_stcore/health")[0] == 200


def test_uploads_are_bounded_together(monkeypatch):
    upload = "/_stcore/upload_file/session/file"
    assert ask(upload, method="PUT", content_length="1000")[0] == 200
    held = {
        "one": {"a": SimpleNamespace(data=bytes(120_000_000))},
        "two": {"b": SimpleNamespace(data=bytes(40_000_000))},
    }
    runtime = SimpleNamespace(uploaded_file_mgr=SimpleNamespace(file_storage=held))
    monkeypatch.setattr(http_security, "Runtime", SimpleNamespace(exists=lambda: True, instance=lambda: runtime))
    assert ask(upload, method="PUT", content_length="30000000")[0] == 200
    assert ask(upload, method="PUT", content_length="45000000")[0] == 429
    assert ask(upload, method="PUT")[0] == 429  # nothing is said of its size, so it may be the largest
    assert ask(upload)[0] == 200
    monkeypatch.setenv("CLUSTERS_UPLOADS", "off")
    assert ask(upload, method="PUT", content_length="10")[0] == 403
