"""The login, with an OpenID Connect provider on this machine: it hides all, and leads to the page asked for."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, Page, expect

from tools.page import wait_ready
from tools.server import ROOT, Server, serve

SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "only for this test, and long enough for a signature"
client_id = "dashboard"
client_secret = "secret"
server_metadata_url = "http://localhost:{port}/.well-known/openid-configuration"
"""
ASKED = "/policies?side=US"


@pytest.fixture(scope="module")
def served(shipped_database: Path, tmp_path_factory) -> Iterator[Server]:
    """A dashboard that requires a login at a provider of this machine."""
    home = tmp_path_factory.mktemp("home")
    with oidc_provider_mock.run_server_in_thread() as provider:
        (home / ".streamlit").mkdir()
        (home / ".streamlit" / "secrets.toml").write_text(SECRETS.format(port=provider.server_port))
        with serve(ROOT / "asgi.py", home, shipped_database, variables={"CLUSTERS_LOGIN": "required"}) as running:
            yield running


def _refused(url: str) -> int:
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(url, timeout=30)
    return answer.value.code


def _shows_the_login_alone(page: Page) -> None:
    expect(page.get_by_role("heading", name="Log in")).to_be_visible(timeout=30_000)
    wait_ready(page)
    text = page.locator("body").inner_text()
    assert len(text) < 300 and "USA" not in text, text


def test_nothing_is_shown_before_the_login_which_leads_to_the_page_asked_for(served: Server, chromium: Browser):
    for path in ("/api/v1", "/api/v1/cooperations", "/api/v1/feed.atom", "/sitemap.xml"):
        assert _refused(f"{served.url}{path}") == 401, path
    with urllib.request.urlopen(f"{served.url}{ASKED}", timeout=30) as answer:
        assert "og:description" not in answer.read().decode()  # which holds a finding
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{served.url}{ASKED}")
    _shows_the_login_alone(page)
    embedded = context.new_page()
    embedded.goto(f"{served.url}/projects?embed=true&card=usa_share")
    expect(embedded.get_by_text("to readers who have logged in")).to_be_visible(timeout=30_000)
    assert "partnerships" not in embedded.locator("body").inner_text()
    embedded.close()

    page.reload()  # the page whose login is asked for is the one opened last
    page.get_by_role("button", name="Log in").click()
    page.get_by_placeholder("sub").fill("reader")
    page.get_by_role("button", name="Authorize", exact=True).click()
    expect(page.get_by_role("heading", name="Policies and the 2015 workshop")).to_be_visible(timeout=60_000)
    assert page.url == f"{served.url}{ASKED}"
    assert "reader" not in page.locator("body").inner_text().replace("readers", "")  # the account is not shown

    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="End session").click()  # of the provider, which leads back
    _shows_the_login_alone(page)
    context.close()
