"""All cards by name, for pages, workshop steps, embedded cards and files.

data/workshop_steps.csv and the URLs of embedded cards use the names of ``CATALOGUE``.
"""

# Importing the definitions puts them into the catalogue.
from cards.card import Card
from cards.definition import CATALOGUE, NO_CHOICES, CardChoices
from cards.definitions import (  # noqa: F401  # imported for their effect
    cooperations,
    documents,
    events,
    horizon,
    horizon_network,
    maps,
    my_country,
    opportunities,
    overview,
    partner_proposals,
    partnership_waffle,
    policies,
    projects,
    region_strength,
    sectors,
    source_coverage,
    statistics,
)
from domain.filters import Filters
from warehouse.query_cache import run_kept

__all__ = ["CATALOGUE", "NO_CHOICES", "CardChoices", "make_card"]


def make_card(name: str, filters: Filters, choices: CardChoices = NO_CHOICES) -> Card | None:
    """The card of this name; None when the filters leave nothing to show. KeyError for an unknown name.

    It is made once for each build, filters and choices, and all readers share it: nobody may change it.
    """
    definition = CATALOGUE[name]
    read = ((one, *choices[one]) for one in definition.choices if one in choices)
    return run_kept(definition.make_shared, filters, *read)
