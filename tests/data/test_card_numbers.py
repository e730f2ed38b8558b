"""Every number of every card, under no filter and under many: compared with the CSV files, not with the database.

Each number of title, subtitle, note and alternative text must be a quantity that tests/expected names; the evidence
must hold the ids of exactly the records counted.
"""

from functools import partial

import pytest

from cards.catalogue import CATALOGUE
from tests.card_checks import TYPICAL, card_problems, random_choices
from tests.expected.builds import BUILDS
from tests.expected.cooperations import agreements, statuses
from tests.expected.maps import cooperation_map
from tests.expected.sectors import target_countries
from tests.expected.start import my_country
from tests.oracle import Oracle
from warehouse.query_cache import vocabulary

pytestmark = [pytest.mark.usefixtures("published"), pytest.mark.slow]  # makes every card many times
# Their numbers are worked out in test_statistics_cards.py.
STATISTICS = {name for name, definition in CATALOGUE.items() if definition.page == "statistics"}
RANDOM_CHOICES = 12
SEED = 2026


def test_every_card_has_its_numbers_worked_out_here():
    """A new card needs a function of expected numbers."""
    assert set(CATALOGUE) == set(BUILDS) | STATISTICS


@pytest.mark.parametrize("case", TYPICAL)
@pytest.mark.parametrize("name", BUILDS)
def test_every_number_is_that_of_the_files(oracle, name, case):
    assert card_problems(oracle, name, TYPICAL[case]) == []


@pytest.mark.parametrize("number", range(RANDOM_CHOICES))
def test_every_number_under_filters_chosen_at_random(oracle: Oracle, number):
    values = vocabulary()
    chosen = random_choices(RANDOM_CHOICES, SEED, values)[number]
    assert [problem for name in BUILDS for problem in card_problems(oracle, name, chosen)] == []


# Cards that read more than the filters: what the choice of the page makes them count.
CHOICES = {
    "all cooperations": ("statuses", {"scope": ("all",)}, partial(statuses, is_all=True)),
    "all agreements": ("agreements", {"scope": ("all",)}, partial(agreements, is_all=True)),
    "organisations of every kind": (
        "map",
        {"kinds": ("all",)},
        partial(cooperation_map, extent="Atlantic", is_all=True),
    ),
    "Western Europe": ("map", {"extent": ("Western Europe",)}, partial(cooperation_map, extent="Western Europe")),
    "map of the USA": ("map", {"extent": ("USA",)}, partial(cooperation_map, extent="USA")),
    "my country": ("my_country", {"home": ("ES",)}, partial(my_country, home="ES")),
    "a country with one link": ("my_country", {"home": ("LT",)}, partial(my_country, home="LT")),
    "a country without links": ("my_country", {"home": ("SI",)}, partial(my_country, home="SI")),
    "targets of one of the sectors": (
        "target_countries",
        {"show": ("aerospace",)},
        lambda oracle, chosen: target_countries(oracle, chosen, "aerospace" if chosen.sectors[1:] else ""),
    ),
}


@pytest.mark.parametrize("case", ["no filter", "France", "2015 to 2017", "side US", "two sectors"])
@pytest.mark.parametrize("choice", CHOICES)
def test_every_number_under_a_choice_of_the_page(oracle, choice, case):
    name, choices, build = CHOICES[choice]
    assert card_problems(oracle, name, TYPICAL[case], build, choices) == []
