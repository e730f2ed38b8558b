"""Cards of the page Regional statistics; their figures are made in ``cards.statistics_cards``."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cards import region_comparison_cards, statistics_cards
from cards.card import Card, DeckCard
from cards.definition import CardRequest, chosen, define
from cards.outlines import outlines
from cards.statistics_text import MEASURES
from domain.filters import Filters
from domain.frames import records
from domain.text import agree, format_list, plural
from maps.choropleth import out_of_view
from warehouse import statistics
from warehouse.query_cache import run_query

PAGE = "statistics"
FILTERS = ("sectors", "sides", "countries")
NOUN = "regional statistics"
CHOICES = ("cluster", "year", "count")


@dataclass(frozen=True)
class StatisticsView:
    """What the page shows: traded cluster (id and name), year, countries of the filters (None: all), and measure.

    ``measure`` is a key of cards.statistics_text.MEASURES.
    """

    cluster: str
    cluster_name: str
    year: int
    countries: tuple[str, ...] | None
    measure: str


def cluster_options(filters: Filters) -> dict[str, str]:
    """Traded clusters with statistics that the filter Sector names, directly or by a theme: id to name."""
    names = all_clusters()
    direct = [sector for sector in filters.sectors if sector in names]
    linked = [
        cluster
        for row in run_query(statistics.themes_of_filter, filters.sectors).itertuples()
        for cluster in _listed(row.traded_cluster_ids)
        if cluster in names
    ]
    return {cluster: names[cluster] for cluster in dict.fromkeys([*direct, *linked])}


def all_clusters() -> dict[str, str]:
    """Traded clusters with statistics: id to name, in the order of names."""
    clusters = run_query(statistics.clusters)
    return dict(zip(clusters["traded_cluster_id"], clusters["traded_cluster"], strict=True))


def _listed(values: object) -> list[str]:
    return [] if values is None or isinstance(values, float) else list(values)  # type: ignore[call-overload]  # an array


def view_of(filters: Filters, choices: Mapping[str, tuple[str, ...]]) -> StatisticsView | None:
    """What the filters and the choices ``cluster``, ``year`` and ``count`` (the measure) select.

    None without statistics. Without a choice: the first traded cluster of the filter, the latest year, employment.
    """
    names, years = all_clusters(), [str(year) for year in run_query(statistics.years)]
    if not names or not years:
        return None
    options = cluster_options(filters) or names
    cluster = chosen(choices, "cluster", options)
    year = chosen(choices, "year", years, years[-1])
    measure = chosen(choices, "count", MEASURES)
    countries = run_query(statistics.country_codes, filters)
    return StatisticsView(cluster, names[cluster], int(year), countries, measure)


def quotients_of(view: StatisticsView) -> pd.DataFrame:
    """Rows of warehouse.statistics.quotients_by_region, regions and countries."""
    return run_query(statistics.quotients_by_region, view.cluster, view.year, view.countries, view.measure)


def _regions(view: StatisticsView) -> pd.DataFrame:
    rows = quotients_of(view)
    return rows[rows["level"] != "country"]


def _missing_cells(view: StatisticsView) -> pd.DataFrame:
    return run_query(statistics.missing_cells, view.year, view.countries, view.measure)


@define("quotient_map", page=PAGE, filters=FILTERS, choices=CHOICES, noun=NOUN)
def quotient_map_card(request: CardRequest) -> DeckCard | None:
    """Areas with an outline: US states, and countries whose own quotient the source prints."""
    view = view_of(request.filters, request.choices)
    rows = mapped_rows(view)
    if view is None or rows.empty or rows["location_quotient"].isna().all():
        return None
    shapes = outlines(dict(zip(rows["region_code"], rows["region"], strict=True)))
    in_us = rows["country_code"] == "US"
    extent = "USA" if in_us.all() else "Atlantic" if in_us.any() else "Europe"
    return statistics_cards.on_the_map(rows, shapes, extent, _map_note(view, rows), _missing_cells(view))


def mapped_rows(view: StatisticsView | None) -> pd.DataFrame:
    """Rows of the map, with the text of their tooltip in the column ``tip``."""
    if view is None:
        return pd.DataFrame()
    rows = quotients_of(view)
    countries = rows[(rows["level"] == "country") & (rows["quotient_basis"] == "stated")]
    with_states = set(rows.loc[rows["level"] == "state", "country_code"])
    countries = countries[~countries["country_code"].isin(with_states)]
    shapes = outlines(dict(zip(countries["region_code"], countries["region"], strict=True)))
    drawn = pd.concat([rows[rows["level"] != "country"], countries])
    drawn = drawn[drawn["region_code"].isin(list(shapes))]
    return drawn.assign(tip=[statistics_cards.tooltip(row) for row in records(drawn)])


def _map_note(view: StatisticsView, rows: pd.DataFrame) -> str:
    """How many regions have no outline, and which areas lie outside the first view."""
    without = len(_regions(view)) - int((rows["level"] != "country").sum())
    note = (
        f"{plural(without, 'region')} {agree(without, 'has', 'have')} no outline and {agree(without, 'is', 'are')} in "
        "the chart only."
        if without
        else ""
    )
    far = out_of_view(rows)
    if len(far):
        named = format_list([f"{row['region']} ({row['tip'].splitlines()[0]})" for row in records(far)])
        note += f" Drag the map to see {agree(len(far), 'an area', 'areas')} outside the first view: {named}."
    return note.strip()


@define("quotients", page=PAGE, filters=FILTERS, choices=CHOICES, noun=NOUN)
def quotients(request: CardRequest) -> Card | None:
    """Regions of one traded cluster and year by location quotient."""
    view = view_of(request.filters, request.choices)
    if view is None or (regions := _regions(view)).empty:
        return None
    return statistics_cards.by_region(regions, _missing_cells(view))


@define("regions_compared", page=PAGE, filters=(), choices=("region", "year", "count"), noun="regions to compare")
def regions_compared(request: CardRequest) -> Card | None:
    """Up to ten regions, the choices ``region``, over all traded clusters of one year."""
    codes = region_codes(request)
    view = view_of(Filters(), request.choices)
    if view is None or not codes:
        return None
    in_year = run_query(statistics.compare_regions, codes, view.year, view.measure)
    return None if in_year.empty else region_comparison_cards.comparison(in_year, codes)


@define("region_series", page=PAGE, filters=("sectors",), choices=("region", "cluster", "count"), noun="time series")
def region_series(request: CardRequest) -> Card | None:
    """One traded cluster of the chosen regions over the years; None for fewer than two years."""
    codes = region_codes(request)
    view = view_of(request.filters, request.choices)
    if view is None or not codes:
        return None
    over_time = run_query(statistics.time_series, codes, view.cluster, view.measure)
    return None if over_time["year"].nunique() < 2 else region_comparison_cards.series(over_time, codes)


def region_codes(request: CardRequest) -> list[str]:
    """The regions chosen, those without statistics left out, at most ten."""
    known = set(run_query(statistics.regions)["region_code"])
    wanted = [code for code in dict.fromkeys(request.choices.get("region", ())) if code in known]
    return wanted[: statistics.MAX_REGIONS]


@define(
    "strong_without_organisation",
    page=PAGE,
    filters=FILTERS,
    choices=(*CHOICES, "gaps"),
    noun="strong industries without a cluster organisation known here",
)
def strong_without_organisation(request: CardRequest) -> Card | None:
    """Strong industries of regions without a cluster organisation; ``gaps`` is cluster (default) or all."""
    view = view_of(request.filters, request.choices)
    if view is None:
        return None
    compared = compared_with_organisations(view, request.choice("gaps"))
    strong = run_query(statistics.strong_without_organisation, *compared)
    if strong.empty:
        return None
    return statistics_cards.without_organisation(strong, view.year, run_query(statistics.judged_cells, *compared))


def compared_with_organisations(view: StatisticsView, gaps: str) -> tuple[int, tuple[str, ...], str | None, str]:
    """Year, countries, traded cluster and measure of the comparison with organisations, as its queries take them.

    ``gaps`` is 'all' for all traded clusters (None); any other value leaves that of the view.
    """
    return view.year, compared_countries(view), None if gaps == "all" else view.cluster, view.measure


def compared_countries(view: StatisticsView) -> tuple[str, ...]:
    """Countries whose statistics and organisations can be compared: their regions join."""
    known = run_query(statistics.comparable_countries)
    if view.countries is not None:
        known = known[known["country_code"].isin(view.countries)]
    return tuple(known.loc[known["is_comparable"], "country_code"])
