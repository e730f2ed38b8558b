"""Descriptions of the regional statistics: what is measured, what shares are of, and why a quotient is missing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from domain.frames import records
from domain.text import agree, format_list, format_some, plural


@dataclass(frozen=True)
class Measure:
    """What is counted. quotient: its location quotient; amount: heading of the figure; totals: total_basis to text."""

    key: str
    label: str
    quotient: str
    amount: str
    totals: dict[str, str]


_TOTALS = {
    "all industries": "all {}",
    "industry and services": "{} in industry and services (sections C, F to J and L to N of NACE Rev. 2)",
    "business economy": "{} in the business economy (sections B to N without K, and S95, of NACE Rev. 2)",
    "traded clusters": "{} in all 51 traded clusters",
    "industries imported": "{} in the industries imported (only a part of their scheme)",
}
MEASURES = {
    key: Measure(
        key,
        key.capitalize(),
        "location quotient" if key == "employment" else f"location quotient of {key}",
        amount,
        {basis: text.format(key) for basis, text in _TOTALS.items()},
    )
    for key, amount in (("employment", "Persons employed"), ("establishments", "Establishments"))
}


@dataclass(frozen=True)
class Scheme:
    """A classification of industries. label: its industries as a heading; noun: one of them; nouns: several."""

    key: str
    label: str
    noun: str
    nouns: str


SCHEMES = {
    "traded_cluster": Scheme("traded_cluster", "Traded clusters", "traded cluster", "traded clusters"),
    "nace_division": Scheme("nace_division", "NACE divisions", "NACE division", "NACE divisions"),
}
PART = "industries imported"
REFERENCE_LABELS = {
    "country itself": "the country's own figures",
    "sum of the regions": "the sum of its regions with figures",
}
BASIS_LABELS = {
    "stated": "stated",
    "estimated": "estimated (in part) where figures are withheld",
    "summed": "sum of the regions",
}
# quotient_gap of view location_quotients where the figure itself is missing.
MISSING_REASON_LABELS = {
    "withheld": "withheld by the source",
    "not available": "not available from the source",
    "not applicable": "not applicable, as the source says",
    "not stated": "blank, without a reason",
}
GAP_LABELS = MISSING_REASON_LABELS | {
    "country itself": "the country itself",
    "only region": "the only region of its country with figures",
    "country without": "0 in the country as a whole",
    "country incomplete": "no total of the country that covers the industry, and cells of its regions are unknown",
    "industry incomplete": "no figure of the country for this industry, and regions without one",
    "region incomplete": "no total of the region, and cells of it are unknown",
    "no total": "the total is zero or not given",
}
MAX_NAMED = 6


def measure_of(frame: pd.DataFrame) -> Measure:
    """The measure of rows of view location_quotients, which all have the same."""
    return MEASURES[str(frame["measure"].iloc[0])]


def format_codes(codes: Iterable[str]) -> str:
    """Codes of countries, sorted: 'FR, NL and US'; of more than six the first six, 'FR, … and 3 more countries'."""
    return format_some(sorted(set(codes)), MAX_NAMED, "more countries")


def describe_measure(frame: pd.DataFrame) -> str:
    """What the location quotients of these rows are, and of what their shares are: sentences for a subtitle."""
    measure = measure_of(frame)
    known = frame[frame["location_quotient"].notna()]
    bases = [basis for basis in measure.totals if (known["total_basis"] == basis).any()]
    start = f"L{measure.quotient[1:]}: the share of the industry in"
    end = "of a region, over the same share in its country; 1 means as in the country as a whole."
    if len(bases) == 1:
        return f"{start} {measure.totals[bases[0]]} {end}"
    if not bases:
        return f"{start} the {measure.key} {end}"
    parts = [
        f"{measure.totals[basis]} ({format_codes(known.loc[known['total_basis'] == basis, 'country_code'])})"
        for basis in bases
    ]
    return f"{start} a total {end} The total is {'; '.join(parts)}."


def describe_reference(frame: pd.DataFrame) -> str:
    """What quotients are measured against, such as 'Computed here against the country's own figures (FR)'."""
    computed = frame[frame["quotient_basis"] == "computed"]
    parts = []
    for reference, text in REFERENCE_LABELS.items():
        codes = computed.loc[computed["reference"] == reference, "country_code"]
        parts += [f"{text} ({format_codes(codes)})"] if len(codes) else []
    sentences = [f"Computed here against {' or '.join(parts)}."] if parts else []
    stated = frame.loc[frame["quotient_basis"] == "stated", "country_code"]
    if len(stated):
        sentences.append(f"Printed by the source, against its own total ({format_codes(stated)}).")
    return " ".join(sentences)


def describe_estimates(frame: pd.DataFrame) -> str:
    """How many figures of persons employed are estimated, as a sentence; empty where none is, or nothing is known."""
    rows = frame[frame["employment_basis"] == "estimated"]
    if rows.empty or measure_of(frame).key != "employment":
        return ""
    known = int(frame["employment"].notna().sum())
    are_estimates = agree(len(rows), "is an estimate", "are estimates")
    return (
        f"{len(rows):,} of {known:,} figures of persons employed {are_estimates}, "
        f"because figures are withheld: {format_list(_how_estimated(rows))}. The table has the published part."
    )


def estimate_of(row: Mapping[str, Any]) -> str:
    """How a figure of persons employed is estimated, such as 'estimated in part'; empty for one that is not.

    row: of view location_quotients. Of a published part of 0 the whole figure is estimated; where the published part is
    the whole figure, the estimate adds nothing for what is withheld.
    """
    if row["employment_basis"] != "estimated":
        return ""
    published = row["employment_published"]
    if pd.isna(published):
        return "estimated"
    if published == row["employment"]:
        return "estimated, with nothing added to the published part"
    return "estimated in part" if published > 0 else "estimated as a whole"


def _how_estimated(rows: pd.DataFrame) -> list[str]:
    """'43 estimated in part', '3 estimated as a whole': counts of estimates by what is published."""
    counts = Counter(estimate_of(row) for row in records(rows))
    return [f"{count:,} {how}" for how, count in counts.most_common()]


def describe_rows_not_there(count: int) -> str:
    """How many regions have rows of other industries and none of the one shown, as a sentence; empty for none."""
    if not count:
        return ""
    regions = f"{count:,} more {agree(count, 'region of these statistics has', 'regions of these statistics have')}"
    return f"{regions} no row of this industry, which does not say that its figure is 0."


def describe_gaps(frame: pd.DataFrame, one: str, missing: pd.DataFrame | None = None) -> str:
    """Why rows have no quotient, as sentences; empty when all have one.

    one: what a row is, such as 'region'; missing: result of warehouse.statistics.missing_cells.
    """
    gaps = frame[frame["quotient_gap"].notna()]
    sentences = []
    for reason, text in MISSING_REASON_LABELS.items():
        if count := int((gaps["quotient_gap"] == reason).sum()):
            sentences.append(f"{plural(count, one)} without a figure ({text}).")
    for gap, rows in gaps.groupby("quotient_gap", sort=False):
        if gap in _SENTENCES:
            sentences.append(_SENTENCES[str(gap)](rows, one))
    if missing is not None and (gaps["quotient_gap"] == "country incomplete").any():
        codes = set(gaps.loc[gaps["quotient_gap"] == "country incomplete", "country_code"])
        sentences.append(_breakdown(missing[missing["country_code"].isin(codes)]))
    return " ".join(filter(None, sentences))


def _unknown_by_country(rows: pd.DataFrame, unit: str) -> str:
    """'3 of 40 cells of US': of what the total of each country needs, how much is withheld or otherwise unknown."""
    countries = [
        f"{own['unknown_cell_count'].iloc[0]:,} of {own['needed_cell_count'].iloc[0]:,} {unit} of {code}"
        for code, own in rows.groupby("country_code")
    ]
    return format_some(countries, MAX_NAMED, "more countries")


def _country_incomplete(rows: pd.DataFrame, one: str) -> str:
    unknown = _unknown_by_country(rows, "cells")
    return (
        f"No quotient for {plural(len(rows), one)} with a figure: there is no total of the country that covers the "
        f"industry, and {unknown} are withheld or otherwise unknown, so that no total can be added up."
    )


def _industry_incomplete(rows: pd.DataFrame, one: str) -> str:
    unknown = _unknown_by_country(rows, "regions")
    return (
        f"No quotient for {plural(len(rows), one)} with a figure: the country has no figure of its own "
        f"for the industry, and that of {unknown} is withheld or otherwise unknown."
    )


def _region_incomplete(rows: pd.DataFrame, one: str) -> str:
    regions = [
        f"{row['region']} {row['unknown_cell_count']:,} of {row['needed_cell_count']:,}"
        for row in records(rows.drop_duplicates("region_code"))
    ]
    return (
        f"No quotient for {plural(len(rows), one)} with a figure: no total of the region is given, and some of its "
        f"cells are withheld or otherwise unknown ({format_some(regions, MAX_NAMED, 'more regions')})."
    )


def _only_region(rows: pd.DataFrame, _one: str) -> str:
    names = list(dict.fromkeys(rows["region"]))
    each = agree(len(names), "", "each ")
    return (
        f"No quotient for {format_some(names, MAX_NAMED, 'more regions')}: {each}{GAP_LABELS['only region']} "
        f"for {rows['period'].iloc[0]}, which would be measured against itself."
    )


def _country_without(rows: pd.DataFrame, one: str) -> str:
    codes = format_codes(rows["country_code"])
    which = plural(len(rows), one)
    return f"No quotient for {which}: the figure of the industry is 0 in the country as a whole ({codes})."


def _no_total(rows: pd.DataFrame, one: str) -> str:
    return f"No quotient for {plural(len(rows), one)}: {GAP_LABELS['no total']}."


_SENTENCES = {
    "country incomplete": _country_incomplete,
    "country without": _country_without,
    "industry incomplete": _industry_incomplete,
    "region incomplete": _region_incomplete,
    "only region": _only_region,
    "no total": _no_total,
}


def _breakdown(missing: pd.DataFrame) -> str:
    """Unknown cells by reason, such as 'Unknown cells: 1,973 withheld by the source; 46 without a row'."""
    counts = missing.groupby("reason")["cell_count"].sum().sort_values(ascending=False)
    parts = [f"{count:,} {MISSING_REASON_LABELS.get(str(reason), str(reason))}" for reason, count in counts.items()]
    return f"Unknown cells: {'; '.join(parts)}." if parts else ""
