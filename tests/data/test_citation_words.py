"""What is said of each place that a record is cited from: every place once, with the values of the CSV files."""

import csv
from collections import defaultdict
from datetime import date

import pytest

from cards.card import FiguresCard
from cards.catalogue import make_card
from cards.citation_words import cited_places
from domain.filters import Filters
from exports.citation import citation
from settings import ROOT
from tests.unknown_values import place_told
from warehouse import provenance
from warehouse.query_cache import run_query

pytestmark = pytest.mark.usefixtures("published")


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _places(table: str, record_id: str) -> dict[str, dict[str, str]]:
    """{source: {place: words}} of a record."""
    citations = run_query(provenance.citations, table, [record_id])
    return {
        str(source): {
            locator: place.words for place in cited_places(table, record_id, rows) for locator in place.locators
        }
        for source, rows in citations.groupby("source_id", sort=False)
    }


def test_values_stand_at_their_places():
    places = _places("organisations", "plastipolis")
    own = next(row for row in _rows("organisations") if row["organisation_id"] == "plastipolis")
    assert places["d35"]["s2.3, Partners, bullet 1, footnote 27"] == f"Website: {own['website']}."
    assert places["d35"]["s2.3, box title"] == (
        "Also known as: Plastipolis Cluster, Plastipolis Pôle de Compétitivité."
    )
    assert places["d35"]["s2.3, Partners, bullet 1"] == f"{own['description']} Country: France."


def test_an_id_is_told_by_its_name():
    words = _places("projects", "escp4i-enw")["cambridgenetwork-co-uk"]["pages of the site, place in it not recorded"]
    assert "lead: Anglia Ruskin University" in words and "anglia-ruskin-university" not in words


def test_a_page_that_was_not_read_tells_nothing():
    places = _places("organisations", "plastipolis")["plastipolis-fr"]
    assert places == {"address in footnote 27 of D3.5; page not read here": ""}


def test_a_colon_in_a_name_is_no_separator():
    """'Workshop conclusion 3: link the mapping …: United States' is a country."""
    places = _places("policies", "conclusion-2015-link-the-mappings")
    assert all("ountry: link" not in words for source in places.values() for words in source.values())


def test_a_number_that_a_source_prints():
    (figure,) = (row for row in _rows("figures") if row["figure_id"] == "btca-clusters-later")
    words = [text for source in _places("figures", "btca-clusters-later").values() for text in source.values()]
    assert all(f"{figure['measure']}: {figure['value_stated']}" in text for text in words) and words


@pytest.mark.parametrize("table", ["organisations", "cooperations", "events"])
def test_every_place_is_listed_once(table):
    """Of every tenth record: the places of data/citations.csv about itself, each once for a source."""
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in _rows("citations"):
        if row["table_name"] == table:
            wanted[row["record_id"]].add((row["source_id"], place_told(row["locator"])))
    for record_id in sorted(wanted)[::10]:
        listed = [(source, locator) for source, places in _places(table, record_id).items() for locator in places]
        assert len(listed) == len(set(listed)) and wanted[record_id] <= set(listed), record_id


def test_assigned_sectors_are_told_as_ours():
    """A source is not said to name a sector that we assign."""
    for row in _rows("organisation_sectors")[::25]:
        citations = run_query(provenance.citations, "organisations", [row["organisation_id"]])
        own = citations[citations["record_id"] == f"{row['organisation_id']}|{row['sector_id']}"]
        if own.empty:
            continue
        for place in cited_places("organisations", row["organisation_id"], own):
            if place.words:
                assert place.words.startswith("Sector (assigned by us)") == (row["basis"] == "assigned"), row


def test_each_headline_figure_is_cited_by_itself():
    """One figure, one line with its source, and the address; not the other figures and their sources."""
    card = make_card("headlines", Filters())
    assert isinstance(card, FiguresCard)
    address = "https://clusters.example/?release=x"
    for figure in card.figures:
        cited = citation(card.of_figure(figure), address, "/", "x", date(2026, 11, 27)).full
        assert f"“{figure.label}: {figure.value}”" in cited and address in cited
        assert cited.count("Underlying sources: ") == 1
        assert not any(other.label in cited for other in card.figures if other is not figure and len(other.label) > 10)


def test_a_figure_by_itself_keeps_all_of_its_evidence():
    """What a figure rests on, in its order: cluster organisations first, then the regional clusters counted apart."""
    card = make_card("headlines", Filters())
    assert isinstance(card, FiguresCard)
    regional = {row["organisation_id"] for row in _rows("organisations") if row["kind"] == "regional_cluster"}
    for figure in card.figures:
        alone = card.of_figure(figure)
        assert (alone.evidence, *alone.more_evidence) == figure.evidence, figure.label
        if figure.key == "organisations":
            assert not regional & set(alone.evidence.record_ids)
            assert [set(more.record_ids) for more in alone.more_evidence] == [regional]


def test_no_citation_is_of_a_field_that_is_blank(facts):
    """Nothing can be said of what a source says where nothing is stored."""
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for one in facts("citations"):
        name, field = one["table_name"], one["field"]
        if field == "*" or not (ROOT / f"data/{name}.csv").exists():
            continue
        if name not in tables:
            rows = facts(name)
            tables[name] = {row[next(iter(row))]: row for row in rows}
        row = tables[name].get(one["record_id"], {})
        assert row.get(field) != "", one
