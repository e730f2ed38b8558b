"""The catalogue of cards: its names are those that a workshop step may use, and each makes its card or says there is none."""

from datetime import date

import pytest

from cards.card import Card
from cards.catalogue import CATALOGUE, make_card
from domain.filters import Filters
from exports.content import gather
from settings import load_settings
from warehouse import query_cache

pytestmark = pytest.mark.usefixtures("published")


def test_the_names_are_those_of_the_schema():
    """A step that the build accepts can be shown, and every card can be a step."""
    assert list(CATALOGUE) == list(query_cache.labels("workshop_steps.chart"))


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_makes_a_card_with_rows_and_evidence(name):
    """Without a filter nothing is empty."""
    card = make_card(name, Filters())
    assert isinstance(card, Card) and len(card.rows) and card.title and card.subtitle and card.method
    assert all(found.record_ids for found in card.all_evidence)
    assert set(card.columns) - {"period"} <= set(card.rows.columns)


def test_each_page_exists():
    """A card leads to a page."""
    for entry in CATALOGUE.values():
        assert (load_settings().root / "pages" / f"{entry.page}.py").is_file()


def test_filters_that_leave_nothing():
    """A country without anything dated gives no card and a sentence that names the filter."""
    nothing = Filters(sectors=("tc-footwear",), sides=("OTHER",), year_from=1999, year_to=1999, keep_unknown=False)
    content = gather(nothing, date(2026, 11, 22))
    empty = {section.name: section.empty for section in content.steps if section.card is None}
    assert {"statuses", "stories", "event_dates", "policy_kinds", "co_targets", "map_europe"} <= set(empty)
    assert "Footwear" in empty["statuses"] and "1999" in empty["statuses"]


def test_the_sources_of_an_export_are_documents_with_places():
    """Each document once, the two seeds first, with locators and where to find it."""
    sources = gather(Filters(), date(2026, 11, 22)).sources
    assert sources["source_id"].is_unique and sources["locators"].map(len).min() >= 1
    assert sources["reliability"].head(2).tolist() == ["seed", "seed"]
    assert {"title", "publisher", "url", "licence", "accessed_on"} <= set(sources.columns)


def test_cards_say_whether_the_filters_apply_to_them():
    """Exactly the cards that are the same under any filter say that none applies."""
    other = Filters(sectors=("tc-footwear",), countries=("DE",), keep_unknown=False)
    for name in CATALOGUE:
        one, two = make_card(name, Filters()), make_card(name, other)
        assert one.is_filtered is not (two is not None and one.rows.equals(two.rows)), name
