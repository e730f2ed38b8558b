"""Kilometres per degree, and the country names of the outlines in static/."""

from types import MappingProxyType

KM_PER_DEGREE = 111.2  # of latitude, on a sphere; of longitude at the equator

# Our names of countries -> those in static/countries.json (Natural Earth), where they differ.
OUTLINE_NAMES = MappingProxyType(
    {
        "Bosnia and Herzegovina": "Bosnia and Herz.",
        "Cape Verde": "Cabo Verde",
        "Dominican Republic": "Dominican Rep.",
        "North Macedonia": "Macedonia",
        "Türkiye": "Turkey",
        "United States": "United States of America",
    }
)


def outline_name(country: str) -> str:
    """Name of a country in static/countries.json; not every country has an outline there."""
    return OUTLINE_NAMES.get(country, country)
