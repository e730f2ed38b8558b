"""Every card of the catalogue reads as it was approved: words, order, marks and rows, under filters of every kind.

The numbers are compared with the source files in test_card_numbers.py; these files guard everything around them.
"""

from collections.abc import Iterator, Mapping

import pytest

from cards.catalogue import CATALOGUE, NO_CHOICES, CardChoices
from domain.filters import Filters
from tests.approval.cards import card_lines, definition_lines
from tests.approval.files import Approved

pytestmark = pytest.mark.usefixtures("published")

FILTERS: Mapping[str, Filters] = {
    "no filter": Filters(),
    "energy": Filters(sectors=("energy",)),
    "France": Filters(countries=("FR",)),
    "Massachusetts": Filters(states=("US-MA",)),
    "2015 to 2017": Filters(year_from=2015, year_to=2017),
    "Catalonia and Hamburg": Filters(regions=("es-catalonia", "de-hamburg")),
    "side US, energy and aerospace, since 2012": Filters(("energy", "aerospace"), ("US",), (), 2012),
    "nothing left": Filters(("construction",), ("US",), ("DE",), 1990, 1990, show_possible=False),
}
SCHEMES: Mapping[str, CardChoices] = {
    "establishments": {"scheme": ("traded_cluster",), "count": ("establishments",)},
    "an industry of NACE": {"cluster": ("nace-c21",), "scheme": ("nace_division",)},
    "all gaps": {"gaps": ("all",)},
    "two regions": {"region": ("US-OH", "US-MA"), "scheme": ("traded_cluster",)},
    "a region and an industry": {"region": ("FRK2",), "scheme": ("nace_division",), "cluster": ("nace-c29",)},
}
# What a page chooses beside the filters, for the cards that read it.
CHOICES: Mapping[str, Mapping[str, CardChoices]] = {
    "agreements": {"all": {"scope": ("all",)}},
    "statuses": {"all": {"scope": ("all",)}},
    "map": {"all kinds, USA": {"kinds": ("all",), "extent": ("USA",)}},
    "my_country": {"Spain": {"home": ("ES",)}, "Slovenia": {"home": ("SI",)}, "Ohio": {"home": ("US-OH",)}},
    "partner_proposals": {
        "of an organisation": {"for": ("lyonbiopole",)},
        "of a US organisation, all kinds": {"for": ("massbio",), "kinds": ("all",)},
        "of a country": {"home": ("DE",)},
    },
    "target_countries": {"aerospace": {"show": ("aerospace",)}},
    **{name: SCHEMES for name, one in CATALOGUE.items() if one.page == "statistics"},
}


# Of cards that differ little from others, or take long.
FEW = ("no filter", "energy", "France", "Massachusetts", "nothing left")
FEW_FILTERS = (
    "map_atlantic",
    "map_europe",
    "map_usa",
    *(n for n, one in CATALOGUE.items() if one.page == "statistics"),
)


def cases(name: str) -> Iterator[tuple[str, Filters, CardChoices]]:
    """Titles, filters and choices under which a card is read."""
    for title, filters in FILTERS.items():
        if title in FEW or name not in FEW_FILTERS:
            yield title, filters, NO_CHOICES
    for title, choices in CHOICES.get(name, {}).items():
        yield f"choice: {title}", Filters(), choices


def card_text(name: str) -> str:
    """The card under every case: in full for the first, then what differs from it."""
    lines, first = list(definition_lines(CATALOGUE[name])), set[str]()
    for title, filters, choices in cases(name):
        card = CATALOGUE[name].make(filters, choices)
        lines += ["", f"=== {title}"]
        if card is None:
            lines += ["no card", f"not counted: {CATALOGUE[name].not_counted(filters, choices)}"]
            continue
        told = list(card_lines(card, is_whole=not first))
        lines += [line for line in told if line not in first]
        first = first or {line for line in told if line.startswith(("method:", "columns:", "    "))}
    return "\n".join(lines)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_card_reads_as_approved(approved: Approved, name: str) -> None:
    approved(f"cards/{name}", card_text(name))


def test_no_card_is_gone(approved: Approved) -> None:
    assert approved.names("cards") == set(CATALOGUE)
