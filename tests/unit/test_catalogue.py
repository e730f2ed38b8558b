"""The catalogue of cards: each makes its card or says there is none, and says which filters restrict it."""

from datetime import date

import pytest

from cards.card import NO_FILTER_APPLIES, Card
from cards.catalogue import CATALOGUE, make_card
from domain.filters import FILTER_NAMES, Filters
from domain.pages import PAGES, TRADED_CLUSTERS
from exports.content import gather
from settings import load_settings
from tests.card_examples import EXAMPLES, example
from tests.unknown_values import events_of_unknown_country
from warehouse import query_cache

OF_STATISTICS = {name for name, card in CATALOGUE.items() if card.page == "statistics"}
# The shipped snapshot of Horizon projects has no coordinates.
WITHOUT_SHIPPED_ROWS = {"horizon_map"}
# Cards of an example that show something without it in the shipped data, which has all industries.
SHOWN_ANYWAY = {"strong_without_organisation"}
NOTHING = Filters(("tc-footwear",), ("OTHER",), (), 1999, 1999)


@pytest.fixture
def shipped(monkeypatch, shipped_database):
    """The shipped database is the published one."""
    monkeypatch.setenv("CLUSTERS_DB", str(shipped_database))


@pytest.fixture
def with_imports(monkeypatch, imported_database):
    """The database with imports is the published one."""
    monkeypatch.setenv("CLUSTERS_DB", str(imported_database))


def test_every_step_that_the_build_accepts_can_be_shown(shipped, facts):
    """The charts of the file, the terms and the schema are cards; none of them needs an import or a choice."""
    accepted = {row["term"] for row in facts("lookups/terms") if row["vocabulary"] == "workshop_steps.chart"}
    used = {row["chart"] for row in facts("workshop_steps")}
    assert used <= accepted <= set(CATALOGUE) and accepted == set(query_cache.labels("workshop_steps.chart"))
    assert not accepted & (OF_STATISTICS | set(EXAMPLES))


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_makes_a_card_with_rows_and_evidence(name, with_imports):
    """With the imports, and with a choice where a card needs one, nothing is empty."""
    card = make_card(name, *example(name))
    assert isinstance(card, Card) and len(card.rows) and card.title and card.subtitle and card.method
    assert all(found.record_ids for found in card.all_evidence)
    assert set(card.columns) - {"period"} <= set(card.rows.columns)
    assert card.key == name
    assert card.not_counted == "" or not card.filters.is_empty()


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_card_is_empty_only_for_want_of_an_import_or_a_choice(name, shipped):
    """Without either the shipped facts fill every other card."""
    empty = WITHOUT_SHIPPED_ROWS | set(EXAMPLES) - SHOWN_ANYWAY
    assert (make_card(name, Filters()) is None) == (name in empty)


@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - SHOWN_ANYWAY))
def test_a_choice_is_needed_where_one_is_given(name, with_imports):
    """The examples are no longer than they must be."""
    assert make_card(name, Filters()) is None


def test_each_page_exists():
    """A card leads to a page of the menu."""
    assert {card.page for card in CATALOGUE.values()} <= {page.name for page in PAGES}
    for card in CATALOGUE.values():
        assert (load_settings().root / "pages" / f"{card.page}.py").is_file()


def test_filters_that_leave_nothing(shipped):
    """A sector without anything dated gives no card and a sentence that names the filter."""
    content = gather(NOTHING, date(2026, 11, 22))
    empty = {section.name: section.empty for section in content.steps if section.card is None}
    assert {"statuses", "stories", "event_dates", "policy_kinds", "co_targets", "map_europe"} <= set(empty)
    assert "Footwear" in empty["statuses"] and "1999" in empty["statuses"]
    assert "Footwear" in empty["stories"] and "1999" not in empty["stories"], "stories have no dates"


def test_the_sources_of_an_export_are_documents_with_places(shipped):
    """Each document once, the two seeds first, with locators and where to find it."""
    sources = gather(Filters(), date(2026, 11, 22)).sources
    assert sources["source_id"].is_unique and sources["locators"].map(len).min() >= 1
    assert sources["reliability"].head(2).tolist() == ["seed", "seed"]
    assert {"title", "publisher", "url", "licence", "accessed_on"} <= set(sources.columns)


# The filters that each card must follow, written down apart from the definitions.
ORGANISATIONS, DATED = {"sectors", "sides", "countries"}, set(FILTER_NAMES)
FOLLOWED = {
    "documents": set(),
    "opportunities": {"sectors"},
    "usa_share": set(),
    "partnership_waffle": set(),
    "source_coverage": set(),
    # Sectors are marked in them, not left out.
    **dict.fromkeys(("sectors_theme", "sectors_traded_cluster"), DATED - {"sectors"}),
    "regions_compared": set(),
    "region_series": {"sectors"},
    **dict.fromkeys(("stories", "partner_proposals"), ORGANISATIONS | {"regions", "states"}),
    # No region is recorded for projects and policy instruments.
    **dict.fromkeys(
        ("generations", "co_targets", "target_countries", "policy_kinds", "conclusions"), ORGANISATIONS | {"years"}
    ),
    "quotient_map": ORGANISATIONS,
    "quotient_points": ORGANISATIONS,
    "quotients": ORGANISATIONS,
    "other_side": set(),
    "statistics_coverage": {"sides", "countries"},
    "strong_without_organisation": ORGANISATIONS,
    "strength_and_organisations": ORGANISATIONS,
    **{name: {"sectors", "countries", "years"} for name in CATALOGUE if name.startswith("horizon_")},
}


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_card_names_the_filters_that_restrict_it(name):
    assert set(CATALOGUE[name].filters) == FOLLOWED.get(name, DATED)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_greys_the_filters_that_none_of_its_cards_follows(page):
    """And no other one: a grey filter is said to restrict nothing."""
    followed = [set(card.filters) for card in CATALOGUE.values() if card.page == page.name]
    if followed:
        assert set(page.ignores) - {TRADED_CLUSTERS} == set(FILTER_NAMES) - set.union(*followed)
    assert set(page.ignores) | set(page.notes) <= {*FILTER_NAMES, TRADED_CLUSTERS}
    assert not set(page.reasons) & set(page.filters), "a filter that restricts the page, and a reason why it does not"


@pytest.mark.parametrize("name", CATALOGUE)
def test_only_cards_that_no_filter_restricts_say_so(name, with_imports):
    """They are the same under any filter; every other card is another one, or none, under these."""
    filters, choices = example(name)
    plain = make_card(name, filters, choices)
    other = Filters(filters.sectors or ("tc-footwear",), ("OTHER",), ("DE",), 1999, 1999)
    filtered = make_card(name, other, choices)
    if FOLLOWED.get(name) == set():
        assert filtered.rows.equals(plain.rows) and filtered.filters == Filters()
        assert filtered.filter_label == plain.filter_label == NO_FILTER_APPLIES
    else:
        assert plain.filter_label != NO_FILTER_APPLIES
        if name != "region_series":  # a traded cluster without statistics leaves the one that was chosen
            assert filtered is None or not filtered.rows.equals(plain.rows)


def test_possible_matches_are_told_and_can_be_hidden(shipped, facts):
    """Events of no recorded country, counted from the files: in the subtitle, unless they are not to be shown."""
    unknown = events_of_unknown_country(facts)
    card = make_card("event_dates", Filters(countries=("BE",)))
    told = f"{len(unknown)} more events might match: no recorded country"
    assert len(unknown) > 1 and card.not_counted == told and card.note.endswith(told)
    hidden = make_card("event_dates", Filters(countries=("BE",), show_possible=False))
    assert hidden.not_counted == "" and hidden.title == card.title and hidden.rows.equals(card.rows)


def test_a_card_is_made_once_for_each_filters_and_choices(shipped):
    """All readers share it; a choice of another page makes no difference, a choice of its own does."""
    one = make_card("statuses", Filters(("energy",)))
    assert make_card("statuses", Filters(("energy",)), {"extent": ("Europe",)}) is one
    assert make_card("statuses", Filters(("water",))) is not one
    assert make_card("statuses", Filters(("energy",)), {"scope": ("all",)}).title != one.title


class _Asked(dict):
    """Choices that remember which of them were asked for."""

    def __init__(self, choices):
        super().__init__(choices)
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return super().get(name, default)

    def __getitem__(self, name):
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.names.add(name)
        return super().__contains__(name)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_card_asks_for_no_choice_that_it_does_not_declare(name, with_imports):
    """Or readers with other choices would get each other's card: those declared are the key under which it is kept."""
    filters, choices = example(name)
    asked = _Asked(choices)
    CATALOGUE[name].make(filters, asked)
    assert asked.names <= set(CATALOGUE[name].choices)
