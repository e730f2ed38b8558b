"""The addresses where a login is required: what is closed, and where the reader is led back to."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from settings import load_settings
from ui.login import LoginAddresses


async def _page(_request):
    return HTMLResponse("<p>page</p>")


async def _callback(_request):
    return RedirectResponse("/", 302)


APP = LoginAddresses(Starlette(routes=[Route("/oauth2callback", _callback), Route("/{rest:path}", _page)]))


def ask(path: str, query: str = "", cookie: str = "") -> tuple[int, dict[str, str]]:
    """Status and headers of the answer."""
    sent: list[dict] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"cookie", cookie.encode())],
    }

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b""}

    # In a thread of its own: Playwright leaves a running loop in that of a worker that has run browser tests.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(APP(scope, receive, send))).result()
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.fixture
def required(monkeypatch):
    monkeypatch.setenv("CLUSTERS_LOGIN", "required")


@pytest.mark.parametrize(
    ("value", "needs"), [(None, False), ("", False), ("off", False), ("OFF", False), ("required", True), ("no", True)]
)
def test_any_value_but_off_requires_the_login(value, needs):
    """A misspelt value closes rather than opens."""
    assert load_settings({} if value is None else {"CLUSTERS_LOGIN": value}).needs_login is needs


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api", 401),
        ("/api/v1/cooperations", 401),
        ("/sitemap.xml", 401),
        ("/healthz", 200),
        ("/policies", 200),
        ("/apiary", 200),
    ],
)
def test_addresses_that_know_no_login_are_closed(required, path, status):
    assert ask(path)[0] == status


def test_without_the_setting_nothing_is_closed_and_no_cookie_given(monkeypatch):
    monkeypatch.delenv("CLUSTERS_LOGIN", raising=False)
    assert ask("/api/v1/cooperations")[0] == 200
    assert "set-cookie" not in ask("/policies")[1]


def test_the_login_leads_back_to_page_and_filters(required):
    kept = ask("/policies", "sector=energy&q=a%20b")[1]["set-cookie"]
    assert "HttpOnly" in kept and "SameSite=Lax" in kept
    status, headers = ask("/oauth2callback", cookie=kept.partition(";")[0])
    assert (status, headers["location"]) == (302, "/policies?sector=energy&q=a%20b")
    assert headers["set-cookie"].startswith("clusters_return=;")  # once


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/%5Cevil.example", "/x%0D%0Ay", ""])
def test_it_leads_to_no_other_host(required, address):
    quoted = address.replace("/", "%2F").replace(":", "%3A")
    assert ask("/oauth2callback", cookie=f"clusters_return={quoted}")[1]["location"] == "/"


def test_an_address_that_is_too_long_for_a_cookie_is_not_kept(required):
    assert "set-cookie" not in ask("/policies", "q=" + "a" * 5000)[1]
