"""Location quotients of the shipped statistics, worked out by pandas from the CSV files without the database.

A quotient is (a / A) / (b / B): a an industry and A a total of a region, b and B the same of its country. US states are
measured against the sums of the 50 states in their 51 traded clusters, European regions against their own country.
"""

import csv
from collections.abc import Iterable
from functools import cache

import pandas as pd

from settings import ROOT

US, EU = "us-states-traded-clusters-2012-2016", "eu-regions-nace-divisions-2015"
STRONG = 1.5
# Sections of NACE Rev. 2 of the narrower total, which is the one of their divisions.
NARROW = frozenset("cfghijlmn")


def rows(data_set: str, table: str = "regional_statistics") -> pd.DataFrame:
    """Rows of a file of a data set, text columns as they stand there."""
    return pd.read_csv(ROOT / "data" / "datasets" / data_set / f"{table}.csv")


def lookup(name: str) -> list[dict[str, str]]:
    """Rows of a file of data/ by its name, such as lookups/regions."""
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def country_of() -> dict[str, str]:
    """Region code -> ISO code of its country."""
    return {row["region_code"]: row["country_code"] for row in lookup("lookups/regions")}


def areas(regions: Iterable[str], scope: str = "") -> tuple[str, str]:
    """What regions are called, one and several: with their country, or the number of countries."""
    codes = {country_of()[region] for region in regions}
    if codes == {"US"}:
        return "US state", "US states"
    names = {row["country_code"]: row["name"] for row in lookup("lookups/countries")}
    if len(codes) == 1:
        (name,) = (names[code] for code in codes)
        where = "" if name in scope else f" of {'the ' if name.startswith(('United', 'Nether')) else ''}{name}"
    else:
        where = f" of {len(codes)} countries"
    return f"region{where}", f"regions{where}"


@cache
def us_quotients(measure: str = "employment") -> pd.Series:
    """Quotient by region_code and industry_id of the states."""
    states = rows(US)
    table = states[states["region_code"] != "US"].pivot(index="region_code", columns="industry_id", values=measure)
    shares = table.div(table.sum(axis=1), axis=0)
    country = table.sum() / table.sum().sum()
    return shares.div(country, axis=1).stack().dropna()


@cache
def eu_quotients() -> pd.Series:
    """Quotient by region_code and industry_id of the European regions that have one."""
    figures = rows(EU).set_index(["region_code", "industry_id"])["employment"]
    totals = rows(EU, "statistics_totals").set_index(["region_code", "total_basis"])["employment"]
    found = {}
    for (region, industry), persons in figures.items():
        country = country_of().get(region)
        basis = "industry and services" if industry[5] in NARROW else "business economy"
        needed = (persons, figures.get((country, industry)), totals.get((region, basis)), totals.get((country, basis)))
        if country is None or any(value is None or pd.isna(value) for value in needed):
            continue
        own, all_of_country, total, country_total = needed
        # The only region of its country is that country.
        if all_of_country and total and total != country_total:
            found[region, industry] = (own / total) / (all_of_country / country_total)
    return pd.Series(found).rename_axis(["region_code", "industry_id"])


def estimates(figures: pd.DataFrame) -> dict[str, int]:
    """How many figures are estimates, and how many of these are above 0 without a published part.

    Empty for the European file, which has no estimates.
    """
    if "employment_basis" not in figures:
        return {}
    estimated = figures[figures["employment_basis"] == "estimated"]
    wholly = estimated[(estimated["employment_published"] == 0) & (estimated["employment"] > 0)]
    return {"estimates": len(estimated), "estimates as a whole": len(wholly)}


def strong(quotients: pd.Series) -> set[tuple[str, str]]:
    """Region and industry of the quotients that count as strong."""
    return set(quotients[quotients >= STRONG].index)


@cache
def placed() -> set[tuple[str, str]]:
    """Organisation and region of statistics: the state that is recorded, else the NUTS 2 region of city or region."""
    cities = {(row["country_code"], row["place"]): row["nuts_code"] for row in lookup("lookups/nuts_of_cities")}
    regions = {row["region_code"]: row["nuts_code"] for row in lookup("lookups/nuts_of_regions")}
    ended = {row["organisation_id"] for row in lookup("organisation_ends")}
    found = set()
    for row in lookup("organisations"):
        if row["is_cluster_organisation"] != "true" or row["successor_id"] or row["organisation_id"] in ended:
            continue
        code = row["region_code"]
        nuts = cities.get((row["country_code"], row["place"])) or regions.get(code)
        found |= {(row["organisation_id"], region) for region in (code, nuts) if region}
    return found


@cache
def organisations_by_industry() -> set[tuple[str, str]]:
    """Region and traded cluster in which a cluster organisation of today is placed."""
    own = [(row["organisation_id"], row["sector_id"]) for row in lookup("organisation_sectors")]
    return {(region, sector) for one, region in placed() for other, sector in own if one == other}
