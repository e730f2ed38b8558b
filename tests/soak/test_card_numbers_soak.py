"""Every number of every card under three hundred choices of filters, compared with the CSV files."""

import pytest

from tests.card_checks import card_problems, random_choices
from tests.expected.builds import BUILDS
from warehouse.query_cache import vocabulary

pytestmark = [pytest.mark.soak, pytest.mark.usefixtures("published")]
RANDOM_CHOICES = 300
SEED = 20170215


@pytest.mark.parametrize("name", BUILDS)
def test_every_number_under_three_hundred_filters(oracle, name):
    values = vocabulary()
    choices = random_choices(RANDOM_CHOICES, SEED, values)
    assert [problem for chosen in choices for problem in card_problems(oracle, name, chosen)] == []
