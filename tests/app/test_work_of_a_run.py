"""What a run of a page costs the server: work that is the same for all readers is done for the first of them."""

import pytest
from streamlit.testing.v1 import AppTest

from cards import tables
from cards.definition import CardDefinition
from maps import deck
from settings import ROOT

# The pages that bench/dash_speed.py measures, the start page, and one with maps.
PAGES = [
    ("overview", {}),
    ("sectors", {"sector": "energy"}),
    ("projects", {}),
    ("cooperations", {}),
    ("events", {}),
    ("map", {}),
]
# Tables that these pages draw unfolded, in which each cell is made a text: the agreements.
ROWS_MADE = {"cooperations": 1}
MAX_PARTS = 210  # elements and containers; the page with most has 183
MAX_FRAME_PARTS = 75  # of the menu and the bar of filters; today 64


def parts(node) -> int:
    """Number of elements and containers below a node of the page."""
    return sum(1 + parts(child) for child in getattr(node, "children", {}).values())


@pytest.mark.parametrize(("page", "parameters"), PAGES)
def test_a_second_run_makes_nothing_again(page, parameters, monkeypatch, shipped_database):
    """No card, no map and no file; in closed panels nothing; and no more elements than a browser draws quickly."""
    monkeypatch.setenv("CLUSTERS_DB", str(shipped_database))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    if page != "overview":
        app.switch_page(f"pages/{page}.py")
    app.run()

    made, readable = [], tables.readable
    for of, name in ((CardDefinition, "make"), (deck.CompactDeck, "to_json")):
        monkeypatch.setattr(of, name, lambda *_, name=name, **__: pytest.fail(f"{name} is called again"))
    monkeypatch.setattr(tables, "readable", lambda *given, **named: made.append(1) or readable(*given, **named))
    app.run()
    assert [error.value for error in app.exception] == [] and app.title[0].value
    assert not app.error, "this could not be shown"
    assert len(made) == ROWS_MADE.get(page, 0)
    assert parts(app._tree) < MAX_PARTS
    assert parts(app.main.children[0]) < MAX_FRAME_PARTS
