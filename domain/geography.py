"""Kilometres per degree, and the country names of the outlines in static/."""

from types import MappingProxyType

KM_PER_DEGREE = 111.2  # of latitude, on a sphere; of longitude at the equator

# Our names of countries -> those in static/countries.json (Natural Earth), where they differ.
OUTLINE_NAMES = MappingProxyType(
    {
        "Åland Islands": "Åland",
        "Antigua and Barbuda": "Antigua and Barb.",
        "Bosnia and Herzegovina": "Bosnia and Herz.",
        "British Indian Ocean Territory": "Br. Indian Ocean Ter.",
        "British Virgin Islands": "British Virgin Is.",
        "Brunei Darussalam": "Brunei",
        "Cape Verde": "Cabo Verde",
        "Cayman Islands": "Cayman Is.",
        "Central African Republic": "Central African Rep.",
        "Cook Islands": "Cook Is.",
        "Democratic Republic of the Congo": "Dem. Rep. Congo",
        "Dominican Republic": "Dominican Rep.",
        "Equatorial Guinea": "Eq. Guinea",
        "Eswatini": "eSwatini",
        "Falkland Islands (Malvinas)": "Falkland Is.",
        "Faroe Islands": "Faeroe Is.",
        "Federated States of Micronesia": "Micronesia",
        "French Polynesia": "Fr. Polynesia",
        "French Southern Territories": "Fr. S. Antarctic Lands",
        "Heard Island and McDonald Islands": "Heard I. and McDonald Is.",
        "Holy See (Vatican City State)": "Vatican",
        "Marshall Islands": "Marshall Is.",
        "North Macedonia": "Macedonia",
        "Northern Mariana Islands": "N. Mariana Is.",
        "Pitcairn": "Pitcairn Is.",
        "Russian Federation": "Russia",
        "Saint Barthélemy": "St-Barthélemy",
        "Saint Helena, Ascension and Tristan da Cunha": "Saint Helena",
        "Saint Kitts and Nevis": "St. Kitts and Nevis",
        "Saint Martin (French part)": "St-Martin",
        "Saint Pierre and Miquelon": "St. Pierre and Miquelon",
        "Saint Vincent and the Grenadines": "St. Vin. and Gren.",
        "Sao Tome and Principe": "São Tomé and Principe",
        "Sint Maarten (Dutch part)": "Sint Maarten",
        "Solomon Islands": "Solomon Is.",
        "South Georgia and the South Sandwich Islands": "S. Geo. and the Is.",
        "South Sudan": "S. Sudan",
        "State of Palestine": "Palestine",
        "Türkiye": "Turkey",
        "Turks and Caicos Islands": "Turks and Caicos Is.",
        "United States": "United States of America",
        "U.S. Virgin Islands": "U.S. Virgin Is.",
        "Wallis and Futuna": "Wallis and Futuna Is.",
        "Western Sahara": "W. Sahara",
    }
)


def outline_name(country: str) -> str:
    """Name of a country in static/countries.json; not every country has an outline there."""
    return OUTLINE_NAMES.get(country, country)
