"""The cards of the page Regional statistics: quotients by region, regions compared, and industry beside organisations."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cards.card import Card, DeckCard
from charts.location_quotients import quotient_dots
from charts.region_comparison import quotient_comparison, quotient_series
from domain.evidence import Evidence
from domain.shares import Share
from domain.text import agree, format_list, plural
from maps.choropleth import quotient_legend, quotient_map, quotient_map_alt

TABLE = "regional_statistics"
MAX_DRAWN = 20
MAX_CLUSTERS = 20
WHAT = "Location quotient: the share of the traded cluster in the employment of a region, over the same share in its country; 1 means as in the country as a whole."
COLUMNS = {
    "region": "Region",
    "country_code": "Country",
    "traded_cluster": "Traded cluster",
    "year": "Year",
    "location_quotient": "Location quotient",
    "quotient_basis": "Quotient is",
    "total": "Measured against",
    "employment": "Persons employed",
    "establishments": "Establishments",
    "mean_wage": "Mean annual wage",
    "wage_currency": "Currency of the wage",
    "is_strong": "Strong",
    "strength_basis": "Strength is",
}
METHOD = (
    "Rows of view location_quotients. A quotient is the one the source prints (stated), else computed from employment: "
    "(employment of the cluster in the region / employment of all traded clusters there) / (the same of its country). The country's "
    "total is its own row where the source has one for that year, else the sum of those of its regions that were imported. Strong is "
    "what the source marks, else a quotient of at least 1.5 (assigned). Withheld employment has no quotient, nor has a region that would "
    "be the whole sum: the only one of its country with employment in that year is 1 whatever its industry. Wages are in the currency of "
    "the source and are not converted."
)
ONLY_REGION = "only region"
# Why there is no quotient, by quotient_gap of the view.
_GAPS = {
    "withheld": "employment withheld or not stated",
    "no total": "no employment to measure it against",
    ONLY_REGION: "the only region of its country in the file",
}
COVER = (
    "Which organisations are known here depends on our sources, which differ between the sides: no organisation known here does not "
    "mean that there is none."
)


def evidence(frame: pd.DataFrame) -> Evidence:
    """The imports behind rows of statistics."""
    return Evidence(TABLE, tuple(sorted(set(frame["source_id"]))))


def table_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows for a table: what each quotient is measured against or why there is none, three decimals, names told apart by their code."""
    total = frame["total_basis"].where(frame["quotient_basis"] != "stated", "the source's own total")
    basis = frame["quotient_basis"].fillna("none: " + frame["quotient_gap"].map(_GAPS))
    doubled = frame.groupby("region")["region_code"].transform("nunique") > 1
    region = frame["region"].where(~doubled, frame["region"] + " (" + frame["region_code"] + ")")
    return frame.assign(
        total=total, quotient_basis=basis, region=region, location_quotient=frame["location_quotient"].round(3)
    )


def totals_in_words(frame: pd.DataFrame) -> str:
    """What the quotients are measured against: 'Computed against the sum of its regions imported (FR).'"""
    computed, sentences = frame[frame["quotient_basis"] == "computed"], []
    totals = []
    for basis, words in (
        ("country itself", "the country's own row"),
        ("sum of the regions", "the sum of its regions imported"),
    ):
        codes = sorted(set(computed.loc[computed["total_basis"] == basis, "country_code"]))
        totals += [f"{words} ({_codes(codes)})"] if codes else []
    if totals:
        sentences.append(f"Computed here against {' or '.join(totals)}.")
    stated = sorted(set(frame.loc[frame["quotient_basis"] == "stated", "country_code"]))
    if stated:
        sentences.append(f"Printed by the source, against its own total ({_codes(stated)}).")
    return " ".join(sentences)


def _codes(codes: list[str], others: str = "more countries", most: int = 6) -> str:
    return format_list(codes) if len(codes) <= most else f"{', '.join(codes[:most])} and {len(codes) - most} {others}"


def _without_quotient(rows: pd.DataFrame, one: str) -> str:
    """Rows without a quotient, by reason, as sentences; empty when all have one. ``one``: what a row is, such as 'region'."""
    counts = rows["quotient_gap"].value_counts()
    words = [
        f"{plural(counts[gap], one)} without a figure ({reason})."
        for gap, reason in _GAPS.items()
        if gap in counts and gap != ONLY_REGION
    ]
    lone = rows.loc[rows["quotient_gap"] == ONLY_REGION, "region"].tolist()
    if lone:
        named = _codes(lone, "others")
        words.append(
            f"No quotient for {named}: {agree(len(lone), '', 'each ')}{_GAPS[ONLY_REGION]} for {rows['year'].iloc[0]}, which would be measured against itself."
        )
    return " ".join(words)


def tip(row: Mapping[str, Any]) -> str:
    """Tooltip of an area: quotient and employment, or why there is no quotient."""
    if pd.isna(row["location_quotient"]):
        return f"no quotient: {row['quotient_basis'].removeprefix('none: ')}"
    employed = "" if pd.isna(row["employment"]) else f"\n{row['employment']:,.0f} persons employed"
    return f"location quotient {row['location_quotient']:.2f} ({row['quotient_basis']}){employed}"


def on_the_map(frame: pd.DataFrame, shapes: Mapping[str, dict[str, Any]], extent: str, note: str) -> DeckCard:
    """The map of one traded cluster and year; ``frame`` has the areas drawn, with a column ``tip``."""
    first, known = frame.iloc[0], frame["location_quotient"].dropna()
    above = _above_one(known, "areas with a figure") if len(known) else "no area with a figure"
    return DeckCard(
        key="quotient_map",
        title=f"{first['traded_cluster']}, {first['year']}: {above} on the map",
        subtitle=f"{WHAT} {totals_in_words(frame[frame['location_quotient'].notna()])} {_without_quotient(frame, 'area')}".strip(),
        chart=None,
        rows=frame,
        columns=COLUMNS,
        evidence=evidence(frame),
        method=METHOD,
        deck=lambda width, labels: quotient_map(frame, shapes, extent, labels=labels, width=width),
        alt=quotient_map_alt(frame),
        legend=tuple(quotient_legend(frame)),
        map_note=note,
    )


def by_region(frame: pd.DataFrame) -> Card:
    """Regions of one traded cluster and year by location quotient; countries as a whole are left out before."""
    rows = table_rows(frame)
    known = rows[rows["location_quotient"].notna()]
    drawn = known.head(MAX_DRAWN)
    first = frame.iloc[0]
    kept = (
        f"{len(drawn)} of {plural(len(frame), 'region')} drawn, all in the table. " if len(drawn) < len(frame) else ""
    )
    gaps = _without_quotient(rows, "region")
    return Card(
        key="quotients",
        title=_top(known, first["traded_cluster"]),
        subtitle=f"{first['traded_cluster']}, {first['year']}. {WHAT} {totals_in_words(frame)} {kept}{gaps} A filled dot is printed by the source, an open one "
        "computed here.",
        chart=quotient_dots(drawn, label="region", value="location_quotient", basis="quotient_basis")
        if len(drawn)
        else None,
        rows=rows,
        columns=COLUMNS,
        evidence=evidence(frame),
        method=METHOD,
    )


def _above_one(values: pd.Series, population: str) -> str:
    """'3 of 8 regions with a figure (38 %) are above 1'."""
    count = int((values > 1).sum())
    return f"{Share(count, len(values), population)} {agree(count, 'is', 'are')} above 1"


def _top(known: pd.DataFrame, cluster: str) -> str:
    """'Plastics is most concentrated in Ohio: location quotient 2.10; 3 of 8 regions are above 1'."""
    if known.empty:
        return f"{cluster}: no region has a location quotient"
    values = known["location_quotient"]
    above = _above_one(values, "regions with a figure")
    best = known[values == values.max()]
    if len(known) == 1:
        return f"{cluster} in {best['region'].iloc[0]}: location quotient {values.max():.2f}"
    if len(best) > 1:
        return f"{cluster}: {above}"
    return f"{cluster} is most concentrated in {best['region'].iloc[0]} (location quotient {values.max():.2f}); {above}"


def comparison(frame: pd.DataFrame, codes: list[str]) -> Card:
    """Up to ten regions over all traded clusters of one year, those with the highest quotient of any region first.

    ``codes``: the regions in the order chosen.
    """
    rows = table_rows(frame)
    known = rows[rows["location_quotient"].notna()]
    highest = (
        known.groupby("traded_cluster")["location_quotient"]
        .max()
        .sort_index()
        .sort_values(ascending=False, kind="stable")
    )
    order = {name: place for place, name in enumerate(highest.index[:MAX_CLUSTERS])}
    drawn = known[known["traded_cluster"].isin(order)]
    drawn = drawn.iloc[drawn["traded_cluster"].map(order).argsort(kind="stable")]
    names = _named(rows, codes)
    return Card(
        key="compared",
        title=_highest(known, names),
        subtitle=f"{plural(rows['region'].nunique(), 'region')} in {frame['year'].iloc[0]}: the {len(order)} of {plural(rows['traded_cluster'].nunique(), 'traded cluster')} "
        f"with the highest location quotient of any of them, all in the table. The dotted line is 1, as in the region's country as a whole. "
        f"{totals_in_words(frame)}",
        chart=quotient_comparison(drawn, row="traded_cluster", region="region", value="location_quotient", order=names)
        if len(drawn)
        else None,
        rows=rows,
        columns=COLUMNS,
        evidence=evidence(frame),
        method=METHOD,
    )


def _named(rows: pd.DataFrame, codes: list[str]) -> list[str]:
    """Names of the regions chosen, in that order; a region without a row keeps its place under its code."""
    names = dict(zip(rows["region_code"], rows["region"], strict=True))
    return [names.get(code, code) for code in codes]


def _highest(known: pd.DataFrame, names: list[str]) -> str:
    if known.empty:
        return f"{format_list(names)}: no location quotient in this year"
    best = known.loc[known["location_quotient"].idxmax()]
    words = f"{best['region']} in {best['traded_cluster']}: {best['location_quotient']:.2f}"
    return f"The highest location quotient of {'the regions compared' if len(names) > 1 else 'this region'} is that of {words}"


def series(frame: pd.DataFrame, codes: list[str]) -> Card:
    """One traded cluster of the compared regions over the years; there must be two years at least. ``codes`` as above."""
    rows = table_rows(frame)
    known = rows[rows["location_quotient"].notna()]
    cluster, first, last = frame["traded_cluster"].iloc[0], frame["year"].min(), frame["year"].max()
    newest = known[known["year"] == last].sort_values("location_quotient")
    ends = (
        f"{newest['region'].iloc[-1]} ends at {newest['location_quotient'].iloc[-1]:.2f}"
        if len(newest)
        else f"no figure for {last}"
    )
    if len(newest) > 1:
        ends = f"of {len(newest)} regions with a figure for {last}, {ends}, the highest"
    return Card(
        key="series",
        title=f"{cluster}, {first} to {last}: {ends}",
        subtitle=f"Location quotient of {cluster} by year; each year against the total of the country in that year; a gap is a year without a "
        f"figure. {totals_in_words(frame)}",
        chart=quotient_series(rows, year="year", region="region", value="location_quotient", order=_named(rows, codes))
        if len(known)
        else None,
        rows=rows,
        columns=COLUMNS,
        evidence=evidence(frame),
        method=METHOD,
    )


def without_organisation(frame: pd.DataFrame, year: int) -> Card:
    """Strong industries of regions without an organisation of that traded cluster known here, the largest first."""
    total = int(frame["total_count"].iloc[0])
    part = f"The {len(frame)} largest of {total:,} by employment. " if total > len(frame) else ""
    return Card(
        key="without_organisation",
        title=f"{plural(total, 'strong industry', 'strong industries')} without a cluster organisation known here",
        subtitle=f"{part}Regions in which a traded cluster is strong in {year} and no cluster organisation of it is known here. {COVER}",
        chart=None,
        rows=table_rows(frame),
        columns=COLUMNS,
        evidence=evidence(frame),
        method=METHOD
        + " Cluster organisations count where they are placed in the region and in the traded cluster (view organisation_clusters).",
    )
