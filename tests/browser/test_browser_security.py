"""The served dashboard with a poisoned data set: its policy lets everything of ours work, and nothing else act."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.poisoned_data import HOST
from tools.page import MAP_CANVAS, address, canvas_painted, wait_ready
from tools.server import ROOT, Server, serve
from ui.parts.embed_code import embed_code

# The pages with most texts. All pages are walked by tests/app, and without poison by the other tests of this folder.
DRAWN = ("cooperations", "sources")


@pytest.fixture(scope="module")
def other_site(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """Address and folder of another site on this machine."""
    folder = tmp_path_factory.mktemp("other_site")
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}", folder
        site.shutdown()


@pytest.fixture(scope="module")
def served(home, poisoned_database, other_site) -> Iterator[Server]:
    """The dashboard as `make run` serves it, which the other site may embed."""
    with serve(ROOT / "asgi.py", home, poisoned_database, variables={"CLUSTERS_EMBED_HOSTS": other_site[0]}) as running:
        yield running


def test_the_policy_breaks_nothing_and_poison_does_nothing(open_page: Callable[..., Page], served: Server):
    """No error in the console and no request to another host: the fixture `open_page` makes sure of both."""
    page = open_page(maps_painted=True)
    for name in DRAWN:
        page.goto(f"{served.url}{address(name)}")
        wait_ready(page)
        shown = page.locator("body").inner_text()
        assert "could not be shown" not in shown
        assert re.search(r"\\[*_\[\]<>~|:&#`]", shown) is None, name  # no mark of ours is seen
        assert page.locator(f"img[src*='{HOST}'], a[href*='{HOST}'], img[alt='Streamlit logo']").count() == 0
    page.goto(f"{served.url}{address('map')}")
    wait_ready(page)
    assert canvas_painted(page, MAP_CANVAS)
    page.get_by_role("button", name="Country").first.click()
    page.get_by_role("combobox", name="Country").first.click()
    expect(page.get_by_role("option").filter(has_text="POISON").first).to_be_visible()
    assert not [text for text in page.get_by_role("option").all_inner_texts() if re.search(r"\\[*_\[<:]", text)]


def test_a_card_in_another_site(chromium, served: Server, other_site):
    """The card is shown where the operator allows it, as high as it is; the dashboard itself is not."""
    site, folder = other_site
    card, whole = f"{served.url}/projects?embed=true&card=usa_share", f"{served.url}/projects"
    (folder / "index.html").write_text(f'{embed_code(card, "The card")}<iframe src="{whole}"></iframe>')
    page = chromium.new_context(viewport={"width": 900, "height": 700}).new_page()
    page.goto(site)
    expect(page.frame_locator("iframe >> nth=0").get_by_role("heading").first).to_be_visible(timeout=30_000)
    page.wait_for_function(
        """() => {
            const frame = document.querySelector('iframe')
            const before = frame.dataset.before
            frame.dataset.before = frame.height
            return frame.height !== '640' && frame.height === before
        }""",
        polling=1000,
    )
    frame = page.frames[1]
    hidden, height = frame.get_by_test_id("stMain").evaluate("e => [e.scrollHeight - e.clientHeight, e.clientHeight]")
    end = frame.get_by_role("link", name="Open the dashboard").evaluate("e => e.getBoundingClientRect().bottom")
    assert hidden == 0 and 0 < height - end < 120, "nothing is cut off, and nothing stands empty"
    refused = page.frames[2]
    assert refused.url.startswith("chrome-error:") or not refused.locator("body").inner_text()
    page.close()
