"""The app in a test harness of Streamlit's own: real pages, real data, no browser."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from settings import ROOT
from tests.app.readable import ReadableApp
from tests.approval.files import Approved
from tests.approval.pages import FRAME, look_lines, page_lines, panel_lines
from ui import screen
from ui.parts import folded

HERE = Path(__file__).parent
SECONDS = 60  # a limit, not an expectation: the first page of a run fills the cache


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this directory, and of no other, as `app`."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.app)


def _unfolded(heading: str, *, expanded: bool, key: str, **options: Any) -> DeltaGenerator:
    """A panel that is open from the first, so that tests see what readers see after a click on each of them.

    Those with records that might match stay closed: tests open them by name.
    """
    return screen.expander(heading, expanded=expanded or not key.endswith("_possible_panel"), key=key, **options)


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch, shipped_database: Path) -> Callable[..., AppTest]:
    """`open_app(page, parameters, database)` runs a page as a link with these parameters opens it.

    Without `as_read` its texts are the Markdown that goes to the browser.
    """

    def open_page(
        page: str, parameters: dict | None = None, database: Path = shipped_database, *, as_read: bool = True
    ) -> AppTest:
        monkeypatch.setenv("CLUSTERS_DB", str(database))
        monkeypatch.setattr(folded, "screen", SimpleNamespace(expander=_unfolded))
        app = (ReadableApp if as_read else AppTest)(str(ROOT / "dashboard.py"), default_timeout=SECONDS)
        for name, value in (parameters or {}).items():
            app.query_params[name] = value
        if page != "overview":  # the start page has no other address
            app.switch_page(f"pages/{page}.py")
        return app.run()

    return open_page


@pytest.fixture
def approved_screen(approved: Approved) -> Callable[..., None]:
    """`approved_screen(name, app)` compares a page without its frame; ``is_panel``: the panel of a record alone.

    ``has_look``: how its parts are arranged as well.
    """

    def compare(
        name: str, app: AppTest, *, is_panel: bool = False, has_frame: bool = False, has_look: bool = False
    ) -> None:
        left_out = frozenset(() if has_frame else FRAME)
        lines = panel_lines(app) if is_panel else page_lines(app, has_menu=has_frame, skip=left_out)
        approved(f"screens/{name}", "\n".join(lines))
        if has_look:
            approved(f"look/{name}", "\n".join(look_lines(app, left_out)))

    return compare
