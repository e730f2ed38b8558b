"""Cards that compare up to ten regions: over all industries of a period, and in one industry over the years."""

import pandas as pd

from cards.card import Card
from cards.statistics_parts import (
    columns_of,
    evidence,
    method,
    of_measure,
    of_part,
    sentences,
    table_rows,
    with_measure,
)
from cards.statistics_text import (
    SCHEMES,
    describe_estimates,
    describe_gaps,
    describe_measure,
    describe_reference,
    measure_of,
)
from charts.region_comparison import quotient_comparison, quotient_series
from domain.text import format_list, plural

MAX_INDUSTRIES = 20
# Totals of view total_scopes that cover NACE divisions of some sections only.
NACE_TOTALS = ("industry and services", "business economy")


def comparison(frame: pd.DataFrame, codes: list[str]) -> Card:
    """Up to ten regions over all industries of one period, those with the highest quotient of any region first.

    ``codes``: the regions in the order chosen.
    """
    measure, rows, scheme = measure_of(frame), table_rows(frame), SCHEMES[frame["scheme"].iloc[0]]
    known = rows.assign(location_quotient=frame["location_quotient"]).dropna(subset="location_quotient")
    highest = (
        known.groupby("industry")["location_quotient"].max().sort_index().sort_values(ascending=False, kind="stable")
    )
    order = {name: place for place, name in enumerate(highest.index[:MAX_INDUSTRIES])}
    drawn = known[known["industry"].isin(list(order))]
    drawn = drawn.iloc[drawn["industry"].map(order).argsort(kind="stable")]
    names = _names(rows, codes)
    return Card(
        title=_highest(known, frame, names),
        subtitle=sentences(
            f"{plural(rows['region'].nunique(), 'region')} in {frame['period'].iloc[0]}: the {len(order)} of "
            f"{plural(rows['industry'].nunique(), scheme.noun, scheme.nouns)} with the highest {measure.quotient} of "
            "any of them, all in the table. The dotted line is 1, as in the region's country as a whole.",
            describe_measure(frame),
            describe_reference(frame),
            describe_estimates(frame),
            describe_gaps(frame, "cell"),
        ),
        chart=with_measure(
            quotient_comparison(drawn, row="industry", region="region", value="location_quotient", order=names),
            measure.key,
        )
        if len(drawn)
        else None,
        rows=rows,
        columns=columns_of(frame),
        evidence=evidence(frame),
        method=method(measure.key),
    )


def _names(rows: pd.DataFrame, codes: list[str]) -> list[str]:
    """Names of the regions chosen, in that order; a region without a row is named by its code."""
    names = dict(zip(rows["region_code"], rows["region"], strict=True))
    return [str(names.get(code, code)) for code in codes]


def _highest(known: pd.DataFrame, frame: pd.DataFrame, names: list[str]) -> str:
    quotient = measure_of(frame).quotient
    if known.empty:
        return f"{format_list(names)}: no {quotient} in this period"
    among, ranked = _ranked(known)
    if ranked.empty:
        return f"{format_list(names)}: shares of different totals, not ranked{of_measure(frame)}"
    best = ranked.sort_values("location_quotient", ascending=False, kind="stable").iloc[0]
    value = f"{best['region']} in {best['industry']}: {best['location_quotient']:.2f}"
    of = "the regions compared" if len(names) > 1 else "this region"
    which = "The highest" if len(known) == len(frame) else "The highest known"
    return f"{which} {quotient} of {of}{among} is that of {value}{of_part(frame)}"


def _ranked(known: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """The quotients that can be ranked, and a limitation to name: those of one total; none where totals differ.

    NACE divisions have two totals by section; of these the one with more quotients is ranked.
    """
    bases = known["total_basis"].value_counts()
    if len(bases) == 1:
        return "", known
    if not set(bases.index) <= set(NACE_TOTALS):
        return "", known.iloc[:0]
    return f", of the shares of {bases.index[0]},", known[known["total_basis"] == bases.index[0]]


def series(frame: pd.DataFrame, codes: list[str]) -> Card:
    """One industry of the compared regions over at least two years; ``codes`` as above."""
    measure, rows = measure_of(frame), table_rows(frame)
    exact = rows.assign(location_quotient=frame["location_quotient"])
    known = exact.dropna(subset="location_quotient")
    industry, start, end = frame["industry"].iloc[0], frame["year"].min(), frame["year"].max()
    newest = known[known["year"] == end].sort_values("location_quotient")
    ends = (
        f"{newest['region'].iloc[-1]} ends at {newest['location_quotient'].iloc[-1]:.2f}"
        if len(newest)
        else f"no quotient for {end}"
    )
    if newest["total_basis"].nunique() > 1:
        ends = f"{len(newest)} regions with a quotient for {end}, of different totals"
    elif len(newest) > 1:
        ends = f"of {len(newest)} regions with a quotient for {end}, {ends}, the highest"
    return Card(
        title=f"{industry}, {start} to {end}: {ends}{of_measure(frame)}{of_part(frame)}",
        subtitle=sentences(
            f"{industry} by year, each year against the total of the country in that year.",
            "A gap is a year without a quotient.",
            describe_measure(frame),
            describe_reference(frame),
        ),
        chart=with_measure(
            quotient_series(exact, year="year", region="region", value="location_quotient", order=_names(rows, codes)),
            measure.key,
        )
        if len(known)
        else None,
        rows=rows,
        columns=columns_of(frame),
        evidence=evidence(frame),
        method=method(measure.key),
    )
