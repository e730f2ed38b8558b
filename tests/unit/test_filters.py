"""Filters: what a link may say, how the filters read as text, and what each declared filter knows of itself."""

from dataclasses import replace

import pytest
from filter_strategies import VOCABULARY, any_filters
from hypothesis import given
from hypothesis import strategies as st

from domain.filters import (
    COUNTRIES,
    FILTER_NAMES,
    FILTERS,
    PARAMETERS,
    REGIONS,
    SECTORS,
    SIDES,
    STATES,
    YEARS,
    Filters,
    ListFilter,
    YearsFilter,
    parse,
)


def params(**values):
    names = {"first": "from", "last": "to"}
    return {names.get(k, k): v if isinstance(v, list) else [v] for k, v in values.items()}


def grouped(pairs):
    """Repeated URL parameters as the values of each."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


# --- links ------------------------------------------------------------------------------------------------------------


def test_repeated_parameters_become_several_values():
    filters, notes = parse(
        params(sector=["energy", "water"], side="eu", country="de", first="2015", last="2017"), VOCABULARY
    )
    assert filters == Filters(("energy", "water"), ("EU",), ("DE",), 2015, 2017)
    assert filters.show_possible and notes == []


def test_parameters_of_a_link():
    filters = Filters(("energy", "tc-plastics"), ("US",), ("US", "DE"), 2015, None, show_possible=False)
    assert filters.to_params() == [
        ("sector", "energy"),
        ("sector", "tc-plastics"),
        ("side", "US"),
        ("country", "US"),
        ("country", "DE"),
        ("from", "2015"),
        ("unknown", "no"),
    ]
    assert Filters().to_params() == []


@pytest.mark.parametrize(("value", "shown"), [("yes", True), ("no", False), ("", True)])
def test_the_link_says_whether_possible_matches_are_shown(value, shown):
    assert parse(params(unknown=value), VOCABULARY) == (Filters(show_possible=shown), [])


@pytest.mark.parametrize(
    ("link", "named"),
    [
        (params(sector="enregy"), "enregy"),
        (params(country="ZZ"), "ZZ"),
        (params(side="north"), "north"),
        (params(state="US-ZZ"), "US-ZZ"),
        (params(euregion="es-atlantis"), "es-atlantis"),
        (params(first="20x5"), "20x5"),
        (params(last="99999"), "99999"),
        (params(first="1989"), "1989"),
        (params(last="2031"), "2031"),
        (params(first="²0¹5"), "from"),
        (params(first="2017", last="2015"), "2017 to 2015"),
        (params(unknown="maybe"), "maybe"),
    ],
)
def test_malformed_parameter_is_dropped_with_a_note(link, named):
    filters, notes = parse(link, VOCABULARY)
    assert filters == Filters()
    assert len(notes) == 1
    assert named in notes[0]
    assert "dropped" in notes[0]


@pytest.mark.parametrize(("link", "name"), [(params(country="mt"), "Malta"), (params(state="US-WY"), "Wyoming")])
def test_a_country_or_state_without_records_is_none_that_is_unknown(link, name):
    filters, notes = parse(link, VOCABULARY)
    assert filters == Filters()
    assert [note.partition(":")[0] for note in notes] == [
        f"No organisation, cooperation or event is recorded in {name}"
    ]


def test_what_is_known_stays_beside_what_is_dropped():
    filters, notes = parse(params(sector=["water", "enregy"], country=["fr", "FR"], first="2015"), VOCABULARY)
    assert filters == Filters(sectors=("water",), countries=("FR",), year_from=2015)
    assert len(notes) == 1


def test_note_shows_no_markup_of_the_link():
    _, notes = parse(params(sector="<script>[x](http://a)" + "y" * 500), VOCABULARY)
    assert "<" not in notes[0] and "[" not in notes[0] and len(notes[0]) < 150


# --- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "text"),
    [
        (Filters(), "no filter"),
        (Filters(show_possible=False), "no filter"),
        (
            Filters(("energy", "water"), ("US",), ("DE",), 2015, 2016, show_possible=False),
            "Energy or Water; side: United States; Germany; 2015 to 2016",
        ),
        (Filters(year_from=2015), "since 2015"),
        (Filters(regions=("es-catalonia",), states=("US-CA", "US-OH")), "Catalonia, Spain; California or Ohio"),
        (Filters(year_to=2015), "until 2015"),
        (Filters(year_from=2015, year_to=2015), "2015"),
    ],
)
def test_the_filters_as_text(filters, text):
    assert filters.describe(VOCABULARY) == text


def test_relaxations_drop_one_filter_each():
    filters = Filters(sectors=("energy",), year_from=2015)
    assert [rest for _, rest in filters.relaxations()] == [Filters(year_from=2015), Filters(sectors=("energy",))]
    assert [name for name, _ in filters.relaxations()] == ["the sectors", "the years"]
    assert Filters().relaxations() == []


@pytest.mark.parametrize(
    ("sector", "option"),
    [
        ("energy", "Energy (3 records)"),
        ("water", "Water (1 record)"),
        ("tc-plastics", "Plastics, traded cluster (0 records)"),
    ],
)
def test_option_says_scheme_and_number_of_records(sector, option):
    assert VOCABULARY.sector_option(sector) == option


def test_an_option_says_the_scheme_once():
    sectors = {"tc-business-services": "Business Services (traded cluster)"}
    values = replace(VOCABULARY, sectors=sectors, traded_clusters=frozenset(sectors))
    assert values.sector_option("tc-business-services") == "Business Services (traded cluster) (0 records)"


# --- the declared filters ---------------------------------------------------------------------------------------------

EVERY = Filters(("energy",), ("EU",), ("DE",), 2015, 2016, ("es-catalonia",), ("US-OH",))


def test_each_filter_is_declared_once():
    assert FILTERS == (SECTORS, SIDES, COUNTRIES, REGIONS, STATES, YEARS)
    assert FILTER_NAMES == ("sectors", "sides", "countries", "regions", "states", "years")
    assert sorted(PARAMETERS) == ["country", "euregion", "from", "sector", "side", "state", "to", "unknown"]
    assert all(isinstance(definition, ListFilter | YearsFilter) for definition in FILTERS)


@pytest.mark.parametrize("definition", FILTERS, ids=FILTER_NAMES)
def test_a_filter_knows_itself(definition):
    alone = EVERY.only([definition.name])
    assert alone.active() == (definition,) and not alone.is_empty()
    assert not definition.is_active(Filters()) and definition.cleared(alone) == Filters()
    assert definition not in definition.cleared(EVERY).active()


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        ((), Filters()),
        (("sectors",), Filters(sectors=("energy",))),
        (("sides", "years"), Filters(sides=("EU",), year_from=2015, year_to=2016)),
        (FILTER_NAMES, EVERY),
    ],
)
def test_only_the_named_filters_are_kept(names, kept):
    assert EVERY.only(names) == kept
    assert replace(EVERY, show_possible=False).only(names) == replace(kept, show_possible=False)


def test_labels_come_from_the_vocabulary_or_the_declaration():
    assert SECTORS.labels(VOCABULARY) == VOCABULARY.sectors and set(SIDES.labels(VOCABULARY)) == {"EU", "US", "OTHER"}


def test_sectors_can_be_left_out():
    filters = Filters(sectors=("energy", "tc-plastics"), year_from=2015)
    assert filters.without_sectors({"tc-plastics"}) == Filters(sectors=("energy",), year_from=2015)


# --- properties -------------------------------------------------------------------------------------------------------


@given(any_filters())
def test_filters_survive_their_link(filters):
    assert parse(grouped(filters.to_params()), VOCABULARY) == (filters, [])


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.lists(st.text(max_size=8), max_size=3)))
def test_no_link_breaks_the_page(link):
    """Whatever a link says gives filters of known values, which survive their own link."""
    filters, notes = parse(link, VOCABULARY)
    assert set(filters.sectors) <= set(VOCABULARY.sectors) and set(filters.countries) <= set(VOCABULARY.countries)
    assert set(filters.sides) <= {"EU", "US", "OTHER"} and all(notes)
    assert parse(grouped(filters.to_params()), VOCABULARY) == (filters, [])


def test_a_thousand_unknown_values_of_a_link_are_one_note():
    made_up = [f"made-up-{number}" for number in range(1000)]
    _, notes = parse({"sector": made_up, "country": ["zz", "yy"]}, VOCABULARY)
    named = "“made-up-0”, “made-up-1”, “made-up-2” and 997 more"
    assert notes == [
        f"1,000 values of the link's sector are not known here and were dropped: {named}.",
        "2 values of the link's country are not known here and were dropped: “zz” and “yy”.",
    ]
