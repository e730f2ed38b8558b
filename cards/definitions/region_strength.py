"""The card of regions by strength and organisation."""

from cards.card import Card
from cards.definition import CardRequest, define
from cards.definitions.statistics import FILTERS, NOUN, PAGE, PLACES, with_other_industries, without_row
from cards.region_strength import strength_card
from cards.statistics_view import CHOICES, view_of, without_idle_sectors
from warehouse.industry_gaps import comparable_countries
from warehouse.query_cache import run_query
from warehouse.strength import strength_and_organisations


@define(
    "strength_and_organisations", page=PAGE, filters=FILTERS, choices=CHOICES, noun=NOUN, narrowed=without_idle_sectors
)
def strength_of_regions(request: CardRequest) -> Card | None:
    """Regions of one industry: strong and organised, strong without an organisation, organised without strength."""
    view = view_of(request.filters, request.choices)
    if view is None:
        return None
    frame = run_query(strength_and_organisations, view.industry, view.period, view.countries, view.measure)
    known = run_query(comparable_countries, view.scheme)
    is_comparable = frame["country_code"].isin(known.loc[known["is_comparable"], "country_code"])
    if not is_comparable.any():
        return None
    card = strength_card(frame[is_comparable], frame[~is_comparable], request.scope_by(PLACES), without_row(view))
    return with_other_industries(card, view, request)
