"""Vocabulary and random filters for the tests of the filters."""

from hypothesis import strategies as st

from domain.filters import FIRST_YEAR, LAST_YEAR, Filters, Vocabulary

SIDES = ("EU", "OTHER", "US")
VOCABULARY = Vocabulary(
    sectors={"energy": "Energy", "water": "Water", "tc-plastics": "Plastics"},
    countries={"DE": "Germany", "FR": "France", "US": "United States"},
    traded_clusters=frozenset({"tc-plastics"}),
    sector_records={"energy": 3, "water": 1},
    years=(2015, 2016, 2017),
    regions={"es-catalonia": "Catalonia, Spain", "fr-brittany": "Brittany, France"},
    states={"US-CA": "California", "US-OH": "Ohio"},
    priority_themes=("water", "energy"),
    without_records={"MT": "Malta", "US-WY": "Wyoming"},
)


def some(values):
    """Up to three different values in any order."""
    return st.lists(st.sampled_from(sorted(values)), unique=True, max_size=3).map(tuple)


@st.composite
def any_filters(draw, first=FIRST_YEAR, last=LAST_YEAR):
    """Filters that a reader can set."""
    years = st.none() | st.integers(first, last)
    year_from, year_to = draw(years), draw(years)
    if year_from is not None and year_to is not None:
        year_from, year_to = sorted((year_from, year_to))
    return Filters(
        draw(some(VOCABULARY.sectors)),
        draw(some(SIDES)),
        draw(some(VOCABULARY.countries)),
        year_from,
        year_to,
        draw(some(VOCABULARY.regions)),
        draw(some(VOCABULARY.states)),
        draw(st.booleans()),
    )
