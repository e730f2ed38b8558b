"""What the rows of regional statistics are called: 'US states', 'regions of Norway', 'regions of 23 countries'."""

import pandas as pd

from domain.text import plural

_WITH_ARTICLE = ("Netherlands", "United Kingdom", "United States")


def with_article(country: str) -> str:
    """Name of a country as it stands within a sentence: 'the Netherlands', 'Norway'."""
    return f"the {country}" if country in _WITH_ARTICLE else country


def area_nouns(frame: pd.DataFrame, scope: str = "") -> tuple[str, str]:
    """Singular and plural for the regions of a frame, with the country or the number of countries.

    frame: at least one row, with country_code, country (its name) and level, without countries as a whole; scope: the
    filters of the regions, such as ' for Norway', which name the country already.
    """
    codes = sorted(set(frame["country_code"]))
    if codes == ["US"] and (frame["level"] == "state").all():
        return "US state", "US states"
    if len(codes) == 1:
        name = frame["country"].iloc[0]
        where = "" if name in scope else f" of {with_article(name)}"
    else:
        where = f" of {len(codes)} countries"
    return f"region{where}", f"regions{where}"


def count_areas(count: int, frame: pd.DataFrame, scope: str = "") -> str:
    """'50 US states', '1 region of Norway'. Arguments as of area_nouns."""
    return plural(count, *area_nouns(frame, scope))
