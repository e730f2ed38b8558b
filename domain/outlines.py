"""Names of countries in the outlines of static/countries.json, where they differ from those of our lookups."""

from collections.abc import Mapping

OUTLINE_NAMES: Mapping[str, str] = {
    "Bosnia and Herzegovina": "Bosnia and Herz.",
    "Cape Verde": "Cabo Verde",
    "Dominican Republic": "Dominican Rep.",
    "North Macedonia": "Macedonia",
    "Türkiye": "Turkey",
    "United States": "United States of America",
}
