"""Cards of the page Regions and statistics; their figures are made in the modules ``cards.statistics_…``."""

from dataclasses import replace
from typing import TypeVar

import pandas as pd

from cards import region_comparison_cards, statistics_cards, statistics_coverage, statistics_gaps
from cards.area_nouns import area_nouns
from cards.card import Card, DeckCard
from cards.definition import CardChoices, CardRequest, define
from cards.outlines import Geometry, outlines
from cards.statistics_view import (
    CHOICES,
    StatisticsView,
    other_industries,
    scheme_of,
    view_of,
    without_idle_sectors,
)
from domain.filters import Filters
from domain.frames import records
from domain.text import agree, format_list, plural
from maps.choropleth import framed_states
from maps.insets import NAMES
from warehouse import industry_gaps, statistics
from warehouse.query_cache import run_query

PAGE = "statistics"
PLACES = ("sides", "countries")
FILTERS = ("sectors", *PLACES)
NOUN = "regional statistics"
CardOfAny = TypeVar("CardOfAny", bound=Card)


def quotients_of(view: StatisticsView) -> pd.DataFrame:
    """Rows of warehouse.statistics.quotients_by_region, regions and countries."""
    return run_query(statistics.quotients_by_region, view.industry, view.period, view.countries, view.measure)


def _regions(view: StatisticsView) -> pd.DataFrame:
    rows = quotients_of(view)
    return rows[rows["level"] != "country"]


def with_other_industries(card: CardOfAny, view: StatisticsView, request: CardRequest) -> CardOfAny:
    """The card of one industry, saying which others the sectors of the filter lead to."""
    sentence = other_industries(view, request.marked_sectors)
    return replace(card, subtitle=f"{card.subtitle} {sentence}") if sentence else card


def _missing_cells(view: StatisticsView) -> pd.DataFrame:
    return run_query(statistics.missing_cells, view.scheme, view.period, view.countries, view.measure)


def without_row(view: StatisticsView) -> int:
    """How many regions have rows of other industries and none of the one shown."""
    return run_query(industry_gaps.regions_without_row, view.industry, view.period, view.countries, view.measure)


@define("quotient_map", page=PAGE, filters=FILTERS, choices=CHOICES, noun=NOUN, narrowed=without_idle_sectors)
def quotient_map_card(request: CardRequest) -> DeckCard | None:
    """Areas with an outline: US states, and countries whose own quotient the source prints."""
    view = view_of(request.filters, request.choices)
    rows = mapped_rows(view)
    if view is None or rows.empty or rows["location_quotient"].isna().all():
        return None
    shapes = _outlines(rows)
    card = statistics_cards.on_the_map(
        rows,
        shapes,
        _extent(rows),
        _map_note(view, rows),
        _missing_cells(view),
        request.scope_by(PLACES),
        without_row(view),
    )
    return with_other_industries(card, view, request)


def mapped_rows(view: StatisticsView | None) -> pd.DataFrame:
    """Rows of the map of areas, with the text of their tooltip in the column ``tip``."""
    if view is None:
        return pd.DataFrame()
    rows = quotients_of(view)
    countries = rows[(rows["level"] == "country") & (rows["quotient_basis"] == "stated")]
    with_states = set(rows.loc[rows["level"] == "state", "country_code"])
    countries = countries[~countries["country_code"].isin(with_states)]
    shapes = _outlines(countries)
    return _with_tips(
        pd.concat(
            [part[part["region_code"].isin(list(shapes))] for part in (rows[rows["level"] != "country"], countries)]
        )
    )


def _outlines(rows: pd.DataFrame) -> dict[str, Geometry]:
    """Outlines of all states, and of the countries among these rows; Georgia is the name of one of each."""
    countries = rows[rows["level"] == "country"]
    return outlines(dict(zip(countries["region_code"], countries["region"], strict=True)))


def _with_tips(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(tip=[statistics_cards.tooltip(row) for row in records(rows)])


def _extent(rows: pd.DataFrame) -> str:
    in_us = rows["country_code"] == "US"
    return "USA" if in_us.all() else "Atlantic" if in_us.any() else "Europe"


def _map_note(view: StatisticsView, rows: pd.DataFrame) -> str:
    """How many regions have no outline, and which areas stand in frames."""
    without = len(_regions(view)) - int((rows["level"] != "country").sum())
    note = (
        f"{plural(without, 'region')} {agree(without, 'has', 'have')} no outline and {agree(without, 'is', 'are')} on "
        "another map or in the chart only."
        if without
        else ""
    )
    if framed := framed_states(rows):
        verb = agree(len(framed), "stands in a frame", "stand in frames")
        note += f" {format_list([NAMES[code] for code in framed])} {verb}, on a smaller scale."
    return note.strip()


@define("quotient_points", page=PAGE, filters=FILTERS, choices=CHOICES, noun=NOUN, narrowed=without_idle_sectors)
def quotient_points(request: CardRequest) -> DeckCard | None:
    """Regions without an outline that have a centre, as circles sized by the figure and coloured by the quotient."""
    view = view_of(request.filters, request.choices)
    if view is None or (regions := _regions(view)).empty:
        return None
    rows = regions[~regions["region_code"].isin(list(outlines({})))]
    rows = rows.merge(run_query(statistics.centres), on="region_code", how="left")
    if rows["latitude"].isna().all():
        return None
    card = statistics_cards.as_points(
        _with_tips(rows), _extent(rows), _missing_cells(view), request.scope_by(PLACES), without_row(view)
    )
    return with_other_industries(card, view, request)


@define("quotients", page=PAGE, filters=FILTERS, choices=CHOICES, noun=NOUN, narrowed=without_idle_sectors)
def quotients(request: CardRequest) -> Card | None:
    """Regions of one industry and period by location quotient."""
    view = view_of(request.filters, request.choices)
    if view is None or (regions := _regions(view)).empty:
        return None
    card = statistics_cards.by_region(regions, _missing_cells(view), request.scope_by(PLACES), without_row(view))
    return with_other_industries(card, view, request)


@define("other_side", page=PAGE, filters=(), choices=CHOICES, noun=NOUN)
def other_side(request: CardRequest) -> Card | None:
    """The first industry of the other scheme that stands close to the one shown, by region in its latest period."""
    view = view_of(request.filters, request.choices)
    if view is None:
        return None
    found = run_query(statistics.counterparts, view.industry)
    close = found[found["is_close"]]
    if close.empty:
        return None
    other = view_of(Filters(), {"cluster": (close["industry_id"].iloc[0],)})
    if other is None or (regions := _regions(other)).empty:
        return None
    return statistics_cards.by_region(regions, _missing_cells(other), without_row=without_row(other))


@define("statistics_coverage", page=PAGE, filters=PLACES, choices=CHOICES, noun=NOUN)
def coverage(request: CardRequest) -> Card | None:
    """How many figures and quotients each country has in the period, and how many figures are estimated."""
    view = view_of(request.filters, request.choices)
    if view is None:
        return None
    rows = run_query(statistics.coverage, view.scheme, view.period, view.countries, view.measure)
    return None if rows.empty else statistics_coverage.coverage(rows, view, request.scope)


@define("regions_compared", page=PAGE, filters=(), choices=CHOICES, noun="regions to compare")
def regions_compared(request: CardRequest) -> Card | None:
    """Up to ten regions, the choices ``region``, over all industries of the period chosen, else of their latest."""
    codes = region_codes(request)
    view = view_of(Filters(), request.choices)
    if view is None or not codes:
        return None
    period = view.period if request.choice("year") else run_query(statistics.latest_period, codes, view.scheme)
    in_period = run_query(statistics.compare_regions, codes, view.scheme, period, view.measure)
    return None if in_period.empty else region_comparison_cards.comparison(in_period, codes)


@define(
    "region_series",
    page=PAGE,
    filters=("sectors",),
    choices=CHOICES,
    noun="time series",
    narrowed=without_idle_sectors,
)
def region_series(request: CardRequest) -> Card | None:
    """One industry of the chosen regions over the years; None for fewer than two years."""
    codes = region_codes(request)
    view = view_of(request.filters, request.choices)
    if view is None or not codes:
        return None
    over_time = run_query(statistics.time_series, codes, view.industry, view.measure)
    return None if over_time["year"].nunique() < 2 else region_comparison_cards.series(over_time, codes)


def region_codes(request: CardRequest) -> list[str]:
    """The regions chosen, those without figures of the scheme left out, at most ten."""
    scheme = scheme_of(request.filters, request.choices)
    known = set(run_query(statistics.regions, scheme)["region_code"]) if scheme else set()
    chosen = [code for code in dict.fromkeys(request.choices.get("region", ())) if code in known]
    return chosen[: statistics.MAX_REGIONS]


def _of_the_comparison(filters: Filters, choices: CardChoices) -> Filters:
    """No sector restricts a comparison of all industries."""
    if "all" in choices.get("gaps", ()):
        return filters.only(PLACES)
    return without_idle_sectors(filters, choices)


@define(
    "strong_without_organisation",
    page=PAGE,
    filters=FILTERS,
    choices=(*CHOICES, "gaps"),
    noun="strong industries without a cluster organisation placed in the region",
    narrowed=_of_the_comparison,
)
def strong_without_organisation(request: CardRequest) -> Card | None:
    """Strong industries of regions without a cluster organisation there; ``gaps`` is cluster (default) or all."""
    view = view_of(request.filters, request.choices)
    if view is None:
        return None
    compared = compared_with_organisations(view, request.choice("gaps"))
    strong = run_query(industry_gaps.strong_without_organisation, compared)
    if strong.empty:
        return None
    industry = "" if request.choice("gaps") == "all" else view.industry_name
    scope = request.scope_by(PLACES)
    nouns = area_nouns(run_query(industry_gaps.regions_compared, view.scheme, compared_countries(view)), scope)
    gaps = statistics_gaps.Gaps(
        strong,
        run_query(industry_gaps.keys_without_organisation, compared),
        run_query(industry_gaps.judged_cells, compared),
        run_query(industry_gaps.strong_regions, compared),
        run_query(industry_gaps.possible_organisations, compared),
        run_query(industry_gaps.organisations_without_industry, compared),
    )
    card = statistics_gaps.without_organisation(gaps, industry, scope, not_compared(view), nouns)
    return with_other_industries(card, view, request) if industry else card


def compared_with_organisations(view: StatisticsView, gaps: str) -> industry_gaps.Comparison:
    """What of the view is compared with organisations.

    ``gaps`` is 'all' for all industries (None); any other value leaves that of the view.
    """
    industry = None if gaps == "all" else view.industry
    return industry_gaps.Comparison(view.scheme, view.period, compared_countries(view), industry, view.measure)


def compared_countries(view: StatisticsView) -> tuple[str, ...]:
    """Countries whose statistics and organisations can be compared: their regions join."""
    known = _countries_of(view)
    return tuple(known.loc[known["is_comparable"], "country_code"])


def not_compared(view: StatisticsView) -> list[str]:
    """Names of the countries of which no cluster organisation is placed in a region of the statistics."""
    known = _countries_of(view)
    return known.loc[~known["is_comparable"], "country"].tolist()


def _countries_of(view: StatisticsView) -> pd.DataFrame:
    known = run_query(industry_gaps.comparable_countries, view.scheme)
    return known if view.countries is None else known[known["country_code"].isin(view.countries)]
