"""The cards of one industry on the page Regions and statistics: its quotients by region, and on the map."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cards.area_nouns import area_nouns, count_areas
from cards.card import Card, DeckCard
from cards.statistics_parts import (
    above_one,
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
    GAP_LABELS,
    MEASURES,
    describe_estimates,
    describe_gaps,
    describe_measure,
    describe_reference,
    describe_rows_not_there,
    estimate_of,
    measure_of,
)
from charts.chart import Chart
from charts.location_quotients import ESTIMATE, quotient_dots
from domain.shares import Share
from domain.text import agree, plural
from maps.choropleth import quotient_legend, quotient_map, quotient_map_alt
from maps.region_points import (
    RegionPoints,
    region_point_alt,
    region_point_legend,
    region_point_map,
    region_point_note,
)

MAX_HIGHEST, MAX_LOWEST = 14, 6
MAX_DRAWN = MAX_HIGHEST + MAX_LOWEST


def on_the_map(
    frame: pd.DataFrame,
    outlines: Mapping[str, dict[str, Any]],
    extent: str,
    note: str,
    missing: pd.DataFrame | None = None,
    scope: str = "",
    without_row: int = 0,
) -> DeckCard:
    """The map of areas of one industry and period.

    frame: the areas drawn, rows of warehouse.statistics.quotients_by_region with the text of their tooltip in the
    column ``tip``; outlines: GeoJSON geometry by region_code; extent: a key of maps.extents.EXTENTS; note: what is not
    drawn; missing: see describe_gaps; scope: the filters of the areas, such as ' for side: European Union';
    without_row: see describe_rows_not_there.
    """
    return DeckCard(
        title=_map_title(frame, "area", scope),
        subtitle=_map_subtitle(frame, "area", missing, without_row),
        chart=None,
        rows=table_rows(frame),
        columns=columns_of(frame),
        evidence=evidence(frame),
        method=method(measure_of(frame).key),
        deck=lambda width, labels: quotient_map(frame, outlines, extent, labels=labels, width=width),
        alt=quotient_map_alt(frame),
        legend=tuple(quotient_legend(frame)),
        map_note=note,
    )


def as_points(
    frame: pd.DataFrame, extent: str, missing: pd.DataFrame | None = None, scope: str = "", without_row: int = 0
) -> DeckCard:
    """The map of regions without outlines, as circles at their centres; arguments as of on_the_map.

    frame: with latitude and longitude, missing where the region has no centre.
    """
    points = RegionPoints(frame, extent)
    return DeckCard(
        title=_map_title(frame, "region", scope),
        subtitle=_map_subtitle(frame, "region", missing, without_row),
        chart=None,
        rows=table_rows(frame),
        columns=columns_of(frame),
        evidence=evidence(frame),
        method=method(measure_of(frame).key),
        deck=lambda width, labels: region_point_map(points, labels=labels, width=width),
        alt=region_point_alt(points),
        legend=tuple(region_point_legend(points)),
        map_note=region_point_note(points, measure_of(frame).amount.lower()),
        region_points=points,
    )


def _map_title(frame: pd.DataFrame, one: str, scope: str) -> str:
    """'Automotive, 2012-2016: 12 of 50 areas with a quotient (24 %) are above 1 on the map'."""
    has_quotient = frame["location_quotient"].notna()
    known, named = frame.loc[has_quotient, "location_quotient"], frame[has_quotient] if has_quotient.any() else frame
    # An area may be a country as a whole, which the word says; regions are named with their country.
    one, many = (one, f"{one}s") if (frame["level"] == "country").any() else area_nouns(named, scope)
    industry, period = frame["industry"].iloc[0], frame["period"].iloc[0]
    if len(known) == 1:
        found = f"the only {one} with a quotient{scope} is {'' if known.iloc[0] > 1 else 'not '}above 1"
    else:
        found = above_one(known, f"{many} with a quotient{scope}") if len(known) else f"no {one} with a quotient{scope}"
    return f"{industry}, {period}: {found} on the map{of_measure(frame)}{of_part(frame)}"


def _map_subtitle(frame: pd.DataFrame, one: str, missing: pd.DataFrame | None, without_row: int) -> str:
    return sentences(
        describe_measure(frame),
        describe_reference(frame),
        describe_estimates(frame),
        describe_gaps(frame, one, missing),
        describe_rows_not_there(without_row),
    )


def by_region(frame: pd.DataFrame, missing: pd.DataFrame | None = None, scope: str = "", without_row: int = 0) -> Card:
    """Regions of one industry and period by location quotient; ``frame`` is without countries as a whole.

    missing: result of warehouse.statistics.missing_cells, for the reasons why no total can be added up; scope: the
    filters of the regions, such as ' for side: European Union'; without_row: see describe_rows_not_there.
    """
    measure, rows = measure_of(frame), table_rows(frame)
    # The table rounds quotients, and a number is rounded once: charts and sentences round it themselves.
    known = rows.assign(location_quotient=frame["location_quotient"]).dropna(subset="location_quotient")
    # On a scale of ratios there is no place for zero.
    above_zero = known[known["location_quotient"] > 0]
    is_cut = len(above_zero) > MAX_DRAWN
    drawn = pd.concat([above_zero.head(MAX_HIGHEST), above_zero.tail(MAX_LOWEST)]) if is_cut else above_zero
    industry, period = frame["industry"].iloc[0], frame["period"].iloc[0]
    return Card(
        title=_top(known, frame, str(industry), scope, without_row),
        subtitle=sentences(
            f"{industry}, {period}.",
            describe_measure(frame),
            describe_reference(frame),
            describe_estimates(frame),
            _how_drawn(drawn, known, frame, is_cut, scope),
            describe_gaps(frame, "region", missing),
            describe_rows_not_there(without_row),
        ),
        chart=_dots(drawn, measure.key, len(above_zero) - len(drawn)) if len(drawn) else None,
        rows=rows,
        columns=columns_of(frame),
        evidence=evidence(frame),
        method=method(measure.key),
    )


def _dots(drawn: pd.DataFrame, measure: str, between: int) -> Chart:
    is_estimate = (drawn["employment_basis_code"] == "estimated") & (measure == "employment")
    basis = drawn["quotient_basis"].where(~is_estimate, ESTIMATE)
    chart = quotient_dots(
        drawn.assign(basis=basis),
        label="region",
        value="location_quotient",
        basis="basis",
        left_out=(MAX_HIGHEST, between),
    )
    return with_measure(chart, measure)


def _how_drawn(drawn: pd.DataFrame, known: pd.DataFrame, frame: pd.DataFrame, is_cut: bool, scope: str) -> str:
    """How many regions are drawn, and what the forms of dots mean."""
    if drawn.empty:
        return ""
    zeros = int((known["location_quotient"] == 0).sum())
    lowest = f"the {MAX_LOWEST} lowest{' above 0' if zeros else ''}"
    which = f", the {MAX_HIGHEST} highest and {lowest}" if is_cut else ""
    limit = (
        f"{len(drawn)} of {count_areas(len(frame), frame, scope)} drawn{which}, all in the table."
        if len(drawn) < len(frame)
        else ""
    )
    none = f"{plural(zeros, 'region')} with a quotient of 0 in the table only." if zeros else ""
    symbols = "A filled dot is printed by the source, an open one computed here."
    if (drawn["employment_basis_code"] == "estimated").any() and measure_of(frame).key == "employment":
        symbols += " A diamond rests on an estimated figure."
    return sentences(limit, none, symbols, "The scale is one of ratios: 2 is as far from 1 as 0.5.")


def _top(known: pd.DataFrame, frame: pd.DataFrame, industry: str, scope: str, without_row: int) -> str:
    """'Plastics is most concentrated in Ohio (location quotient 2.10); 3 of 8 US states with a quotient are above 1'.

    Where a region has no quotient, the highest is named as that of the others. Quotients whose shares are of different
    totals are not ranked.
    """
    quotient = measure_of(frame).quotient
    if known.empty:
        return f"{industry}: no {quotient} for any {area_nouns(frame, scope)[0]}{scope}{_unknown_cells(frame)}"
    many, values, part = area_nouns(known, scope)[1], known["location_quotient"], of_part(frame)
    above = above_one(values, f"{many} with a quotient{scope}")
    best = known[values == values.max()]
    if len(known) == 1:
        return f"{industry} in {best['region'].iloc[0]}: {quotient} {values.max():.2f}{part}"
    if len(best) > 1 or known["total_basis"].nunique() > 1:
        return f"{industry}: {above}{of_measure(frame)}{part}"
    name, highest = best["region"].iloc[0], f"({quotient} {values.max():.2f})"
    if len(known) < len(frame) or without_row:
        share = Share(int((values > 1).sum()), len(values), f"{many} with a quotient{scope}")
        return (
            f"Of {share.denominator:,} {share.population}, {name} has the highest in {industry} {highest}; "
            f"{share.numerator:,}{share.rate} {agree(share.numerator, 'is', 'are')} above 1{part}"
        )
    return f"{industry} is most concentrated in {name} {highest}; {above}{part}"


def _unknown_cells(frame: pd.DataFrame) -> str:
    """', 2,019 of 2,550 cells are unknown', or nothing where that is not the reason."""
    rows = frame[frame["quotient_gap"] == "country incomplete"].drop_duplicates("country_code")
    if rows.empty:
        own = frame["missing_reason"].notna()
        return f", {own.sum():,} of {len(frame):,} figures are missing" if own.any() else ""
    unknown, needed = int(rows["unknown_cell_count"].sum()), int(rows["needed_cell_count"].sum())
    return f", {unknown:,} of {needed:,} cells are withheld or otherwise unknown"


def tooltip(row: Mapping[str, Any]) -> str:
    """Text of an area of the map: its quotient and figure, or why there is none. row: of view location_quotients."""
    measure = MEASURES[row["measure"]]
    how = estimate_of(row) if measure.key == "employment" else ""
    estimated = f" ({how})" if how else ""
    amount = "" if pd.isna(row["amount"]) else f"\n{row['amount']:,.0f} {measure.amount.lower()}{estimated}"
    if pd.isna(row["location_quotient"]):
        return f"no quotient: {GAP_LABELS[row['quotient_gap']]}{amount}"
    return f"{measure.quotient} {row['location_quotient']:.2f} ({row['quotient_basis']}){amount}"
