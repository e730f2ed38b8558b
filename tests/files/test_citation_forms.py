"""Citations and their URLs: release, filters, sources, and BibTeX that a parser can read whatever the title is."""

import re
from dataclasses import replace
from datetime import date

import pytest

from cards.catalogue import make_card
from domain.filters import Filters
from domain.urls import deep_link, is_web_address
from exports.citation import citation, file_citation
from settings import load_settings

DAY = date(2026, 11, 23)
RELEASE = "2026-11-22-2"
ENERGY = Filters(sectors=("energy",), countries=("DE", "FR"))


@pytest.fixture(scope="module")
def card(published):
    """The card of the USA share."""
    return make_card("usa_share", Filters())


def fields_of(bibtex: str) -> tuple[str, dict[str, str]]:
    """Key and fields of one entry, read as BibTeX does: every brace counts, also one behind a backslash."""
    key, body = re.fullmatch(r"@misc\{([A-Za-z0-9_-]+),\n(.*)\n\}\n", bibtex, re.DOTALL).groups()
    fields, depth, start = {}, 0, 0
    for at, letter in enumerate(body):
        depth += (letter == "{") - (letter == "}")
        assert depth >= 0
        if (depth == 0 and letter == ",") or at == len(body) - 1:
            end = at if letter == "," else at + 1
            name, value = re.fullmatch(r"\s*(\w+) = \{(.*)\}", body[start:end], re.DOTALL).groups()
            fields[name], start = value, at + 1
    assert depth == 0
    return key, fields


def test_in_line_and_in_full(card):
    """Finding, measure, filter, first sources with places, release, day, address."""
    found = citation(card, "https://clusters.example.org/projects?release=2026-11-22-2", "/projects", RELEASE, DAY)
    assert found.inline == "(EU–US cluster cooperation dashboard, release 2026-11-22-2)"
    for part in (
        f"“{card.title}”",
        card.subtitle,
        "Filter: no filter.",
        "D3.5. Discussion paper",
        "(Table 1;",
        "release 2026-11-22-2",
        "as of 23 November 2026",
        "https://clusters.example.org/projects?release=2026-11-22-2",
        "CC BY 4.0",
        "(2026)",
    ):
        assert part in found.full, part


def test_without_a_public_address(card):
    """The path within the dashboard and the release lead back; an unreleased build is called one."""
    found = citation(card, None, "/projects?release=x", "build b3c5302f", DAY)
    assert "Page /projects?release=x of the dashboard" in found.full
    assert found.inline == "(EU–US cluster cooperation dashboard, build b3c5302f)" and "release build" not in found.full
    _, fields = fields_of(found.bibtex)
    assert "url" not in fields and fields["howpublished"] == "Page /projects?release=x of the dashboard"


@pytest.mark.parametrize("title", ["{", "}", "a{b}c}", "\\", "50 % of $5 & #1_x ~ ^", "Zeile\n\n@misc{x,", "é ü ß “ö”"])
def test_bibtex_whatever_the_title_holds(card, title):
    """Braces stay balanced, nothing becomes a command or a comment, the entry stays one entry."""
    found = citation(replace(card, title=title), "https://x.example/a{b}?c=1&d=%20", "/", RELEASE, DAY)
    _, fields = fields_of(found.bibtex)
    assert set(fields) == {"author", "title", "year", "publisher", "version", "note", "urldate", "url"}
    assert fields["author"] == "{EU–US Cluster Cooperation Dashboard contributors}" and fields["year"] == "2026"
    assert not re.search(r"(?<!\\)[%#&$_]", fields["title"])
    assert "{" not in fields["url"]
    shown = fields["title"][1:-1]
    for command, letter in (
        ("\\textbraceleft{}", "{"),
        ("\\textbraceright{}", "}"),
        ("\\textasciitilde{}", "~"),
        ("\\textasciicircum{}", "^"),
        ("\\textbackslash{}", "\\"),
        *((f"\\{c}", c) for c in "#$%&_"),
    ):
        shown = shown.replace(command, letter)
    assert shown == " ".join(title.split())


def test_the_key_is_stable(card):
    """The same for the same card, release and filters, whatever the day; another for other filters."""
    one = fields_of(citation(card, None, "/", RELEASE, DAY, "Energy").bibtex)[0]
    assert one == fields_of(citation(card, None, "/", RELEASE, date(2027, 1, 1), "Energy").bibtex)[0]
    others = {
        fields_of(citation(card, None, "/", RELEASE, DAY, "Water").bibtex)[0],
        fields_of(citation(card, None, "/", RELEASE, DAY).bibtex)[0],
        fields_of(citation(card, None, "/", "2027-01-01", DAY, "Energy").bibtex)[0],
    }
    assert len(others) == 3 and one not in others
    scopes = {
        fields_of(citation(card, None, "/", RELEASE, DAY, "Energy", (("scope", scope),)).bibtex)[0]
        for scope in ("all", "eu-us")
    }
    assert len(scopes) == 2 and not scopes & {one, *others}


def test_a_file_is_cited_with_the_number_of_its_sources():
    """A workbook has too many documents to name."""
    found = file_citation("EU–US cluster cooperation", "", RELEASE, DAY, "Energy", 171)
    assert "Underlying sources: 171 documents, listed in the file." in found.full and "Filter: Energy." in found.full
    assert " As of 23 November 2026. CC BY 4.0." in found.full and "howpublished" not in found.bibtex, (
        "it names no place"
    )


def test_deep_links():
    """Path, filters and release; the start page has no name in its address."""
    assert deep_link("projects", ENERGY, RELEASE, "https://a.example/x") == (
        "https://a.example/x/projects?sector=energy&country=DE&country=FR&release=2026-11-22-2"
    )
    assert deep_link("statistics", ENERGY, "1", "", (("region", "US-OH"), ("region", "FRK2"))) == (
        "/statistics?sector=energy&country=DE&country=FR&region=US-OH&region=FRK2&release=1"
    )
    assert deep_link("overview", Filters(), "build b3c5302f", "") == "/?release=build+b3c5302f"


def test_the_public_address_of_the_settings(monkeypatch):
    """It begins every link; a slash at its end is not doubled."""
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "https://example.org:8443/clusters/")
    assert load_settings().public_url_problem == ""
    assert deep_link("map", Filters(), RELEASE) == "https://example.org:8443/clusters/map?release=2026-11-22-2"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("clusters.example.org", "does not begin with http"),
        ("javascript:alert(1)", "does not begin with http"),
        ("https://", "names no host"),
        ("https://example.org:port/", "Port"),
        ("https://user" + "@example.org", "user name"),
        ("https://example.org/?a=b", "query"),
        ("https://exam ple.org", "character"),
        ("https://[::1", "not used"),
    ],
)
def test_a_malformed_public_address_is_ignored_with_the_reason(text, why):
    """What, why, and how to write it."""
    settings = load_settings({"CLUSTERS_PUBLIC_URL": text})
    assert settings.public_url == ""
    assert text in settings.public_url_problem and why in settings.public_url_problem
    assert "Write it like https://" in settings.public_url_problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a?b=c", True),
        ("http://x.example", True),
        ("clustercollaboration.eu", False),
        (None, False),
        ("javascript:alert(1)", False),
        ("https://a b.example", False),
        ("https://", False),
        ("https://x.example/\n", False),
    ],
)
def test_what_may_be_clicked(text, expected):
    """http and https with a host, nothing unseen."""
    assert is_web_address(text) is expected
