"""Downloads are what the page shows: link, citation and frame carry the choices of the page that made the figure."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.runtime.context import ContextProxy

from cards.catalogue import CATALOGUE


@pytest.fixture
def take(open_app, monkeypatch):
    """`take(page, parameters, card)`: the app with the menu *Downloads* of a card open, and the codes in it."""
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "https://clusters.example.org")

    def open_panel(page: str, parameters: dict, card: str, *database):
        app = open_app(page, parameters, *database)
        app.session_state[f"{card}_downloads"] = True
        app.run()
        assert [error.value for error in app.exception] == []
        return app, [code.value for code in app.code]

    return open_panel


def link_in(codes: list[str]) -> str:
    """The link to the view: the one code that is an address and nothing else."""
    (link,) = [code for code in codes if code.startswith("https://")]
    return link


def parameters_of(link: str) -> dict[str, list[str]]:
    """Parameters of an address without the release."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(urlsplit(link).query):
        found.setdefault(name, []).append(value)
    assert found.pop("release")
    return found


def key_in(codes: list[str]) -> str:
    """The key of the BibTeX entry."""
    (entry,) = [code for code in codes if code.startswith("@misc{")]
    return re.match(r"@misc\{([^,]+),", entry)[1]


def share_of_agreements(app) -> str:
    """The title of the card statuses."""
    return next(header.value for header in app.header if "signed or renewed" in header.value)


def test_the_link_of_all_cooperations_leads_to_them(take, open_app):
    """The two scopes differ in figure, link and key; the link opens what was cited."""
    app, codes = take(
        "cooperations", {"scope": "all", "sector": "energy", "cooperation": "mou-plastipolis-obic-2013"}, "statuses"
    )
    cited = share_of_agreements(app)
    link = link_in(codes)
    assert urlsplit(link).path == "/cooperations"
    assert parameters_of(link) == {"sector": ["energy"], "scope": ["all"]}
    assert any(f"“{cited}”" in code and link in code for code in codes), "the citation names finding and link"
    again = open_app("cooperations", dict(parse_qsl(urlsplit(link).query)))
    assert share_of_agreements(again) == cited

    narrow, other = take("cooperations", {"sector": "energy"}, "statuses")
    assert share_of_agreements(narrow) != cited and parameters_of(link_in(other)) == {"sector": ["energy"]}
    assert key_in(other) != key_in(codes)


@pytest.mark.parametrize("scope", [{}, {"scope": "all"}])
def test_a_frame_shows_the_same(take, open_app, monkeypatch, scope):
    """The frame to paste carries filters and scope; opened, it is the card under the same title, and a way back."""
    app, codes = take("cooperations", {"sector": "energy", **scope}, "statuses")
    (frame,) = [code for code in codes if "<iframe" in code]
    link = unescape(re.search(r'src="([^"]+)"', frame)[1])
    wanted = {"sector": ["energy"], "embed": ["true"], "card": ["statuses"]} | {k: [v] for k, v in scope.items()}
    assert urlsplit(link).path == "/cooperations" and parameters_of(link) == wanted

    monkeypatch.setattr(ContextProxy, "is_embedded", True)
    framed = open_app("cooperations", dict(parse_qsl(urlsplit(link).query)))
    assert [error.value for error in framed.exception] == []
    assert [header.value for header in framed.header] == [share_of_agreements(app)]
    assert "filter: Energy" in framed.caption[-1].value
    (way_back,) = framed.get("link_button")
    assert parameters_of(way_back.proto.url) == {"sector": ["energy"]} | {k: [v] for k, v in scope.items()}


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_card_can_be_embedded(open_app, monkeypatch, imported_database, name):
    """The maps among them: the card or a note that it has nothing to show, and a way back."""
    monkeypatch.setattr(ContextProxy, "is_embedded", True)
    app = open_app(CATALOGUE[name].page, {"card": name}, imported_database)
    assert [error.value for error in app.exception] == []
    assert not app.error and len(app.get("link_button")) == 1


def test_choices_of_the_statistics_stay(take, imported_database):
    """Year and regions are what the figure is of; the traded cluster decides the classification that is compared."""
    chosen = {"cluster": "tc-plastics", "year": "2016", "region": ["US-OH", "FR71"]}
    _, codes = take("statistics", chosen, "regions_compared", imported_database)
    assert parameters_of(link_in(codes)) == {"cluster": ["tc-plastics"], "year": ["2016"], "region": ["US-OH", "FR71"]}


def test_filters_that_do_not_restrict_a_card_are_not_cited(take):
    """The share of whole generations does not depend on filters; neither do its citation and file names."""
    _, filtered = take("projects", {"sector": "energy"}, "usa_share")
    _, plain = take("projects", {}, "usa_share")
    assert any("Filter: none applies to this figure." in code for code in filtered)
    assert not any("Filter: Energy" in code for code in filtered) and key_in(filtered) == key_in(plain)


def test_many_unknown_values_give_one_note(open_app, imported_database):
    """Fifty made-up regions: one sentence, three of them named, without markup."""
    app = open_app("statistics", {"region": ["US-OH", *(f"<b>{n}" for n in range(50))]}, imported_database)
    (note,) = app.warning
    assert (
        note.value.startswith("50 values of the link's region")
        and "and 47 more" in note.value
        and "<" not in note.value
    )
    assert len(note.value) < 200
