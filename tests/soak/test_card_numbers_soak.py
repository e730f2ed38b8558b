"""Every number of every card under three hundred choices of filters, compared with the CSV files.

CARD_FILTERS=30 in the environment takes fewer of them, CARD_FILTERS_SEED=7 others.
"""

import os

import pytest

from tests.card_checks import card_problems, random_choices
from tests.expected.builds import BUILDS
from warehouse.query_cache import vocabulary

pytestmark = [pytest.mark.soak, pytest.mark.usefixtures("published")]
RANDOM_CHOICES = int(os.environ.get("CARD_FILTERS", "300"))
SEED = int(os.environ.get("CARD_FILTERS_SEED", "20170215"))


@pytest.mark.parametrize("name", BUILDS)
def test_every_number_under_many_filters(oracle, name):
    values = vocabulary()
    choices = random_choices(RANDOM_CHOICES, SEED, values)
    assert [problem for chosen in choices for problem in card_problems(oracle, name, chosen)] == []
