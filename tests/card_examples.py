"""Filters and choices with which every card of the catalogue has something to show, given the imports of the tests."""

from domain.filters import Filters

# Cards that show nothing without a choice of the reader; all others show something without any filter or choice.
EXAMPLES: dict[str, tuple[Filters, dict[str, tuple[str, ...]]]] = {
    "sector_comparison": (Filters(sectors=("energy", "water")), {}),
    "partner_proposals": (Filters(), {"for": ("lyonbiopole",)}),
    "my_country": (Filters(), {"home": ("FR",)}),
    # European regions have no outlines, so that only they are circles.
    "quotient_points": (Filters(), {"cluster": ("nace-c29",)}),
    "regions_compared": (Filters(), {"region": ("US-OH", "US-TX")}),
    "region_series": (Filters(), {"region": ("US-OH",), "cluster": ("tc-plastics",)}),
    # Maine in tests/imported_data.py: strong in water transport, and without an organisation of that traded cluster.
    "strong_without_organisation": (Filters(), {"cluster": ("tc-water-transportation",)}),
}
NOTHING: tuple[Filters, dict[str, tuple[str, ...]]] = (Filters(), {})


def example(name: str) -> tuple[Filters, dict[str, tuple[str, ...]]]:
    """Filters and choices for a card."""
    return EXAMPLES.get(name, NOTHING)
