"""Pages in states that no other test opens: open panels, tables instead of charts, choices, a card alone."""

from collections.abc import Mapping
from datetime import date

import pytest
from streamlit.runtime.context import ContextProxy

from cards.catalogue import CATALOGUE
from ui.parts import export_menu


class _FixedDay(date):
    """The day that citations name."""

    @classmethod
    def today(cls) -> "date":
        return date(2026, 1, 31)


SCREENS: Mapping[str, tuple[str, dict[str, object]]] = {
    "overview-home": ("overview", {"home": "ES", "from": "2015"}),
    "map-usa-all-kinds": ("map", {"kinds": "all", "extent": "USA", "sector": "energy"}),
    "cooperations-tables": ("cooperations", {"table": ["statuses", "who_with_whom"], "scope": "all", "country": "NL"}),
    "projects-tables": ("projects", {"table": ["usa_share", "generations", "co_targets"], "sector": "water"}),
    "policies-few": ("policies", {"sector": "construction"}),
    "events-year": ("events", {"list": "2017", "table": "event_dates", "state": "US-WA"}),
    "sectors-compared": ("sectors", {"sector": ["energy", "water"]}),
    "embedded": ("cooperations", {"embed": "true", "card": "statuses", "sector": "energy"}),
    "embedded-unknown": ("cooperations", {"embed": "true", "card": "zeppelins"}),
    "embedded-nothing-left": (
        "cooperations",
        {"embed": "true", "card": "statuses", "sector": "construction", "side": "US", "country": "DE", "to": "1990"},
    ),
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_reads_as_approved(open_app, approved_screen, monkeypatch, name) -> None:
    monkeypatch.setattr(ContextProxy, "is_embedded", name.startswith("embedded"))
    app = open_app(*SCREENS[name])
    assert not app.exception
    approved_screen(name, app, has_look=True)


@pytest.mark.parametrize(
    ("page", "cards", "url"),
    [
        ("cooperations", ("statuses", "agreements"), "https://clusters.example.org"),
        ("overview", ("headlines", "cooperations", "organisations", "map_agreements"), ""),
    ],
)
def test_panels_of_cards_read_as_approved(open_app, approved_screen, monkeypatch, page, cards, url) -> None:
    """Sources and method, files, citation in three forms, link and frame."""
    monkeypatch.setattr(export_menu, "date", _FixedDay)
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", url)
    app = open_app(page)
    for card in cards:
        app.session_state[f"{card}_sources"] = True
        app.session_state[f"{card}_downloads"] = card in CATALOGUE
    app.run()
    assert not app.exception
    approved_screen(f"{page}-panels-open", app, has_look=True)
