"""Cards of the page Regional statistics; their figures are made in ``cards.statistics_cards``."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cards import statistics_cards
from cards.card import Card, DeckCard
from cards.definition import CardRequest, define
from cards.outlines import outlines
from domain.filters import Filters
from domain.frames import records
from domain.text import agree, format_list, plural
from maps.choropleth import out_of_view
from warehouse import statistics
from warehouse.query_cache import run_query

PAGE = "statistics"
FILTERS = ("sectors", "sides", "countries")
NOUN = "regional statistics"


@dataclass(frozen=True)
class StatisticsView:
    """What the page looks at: traded cluster (id and name), year, and the countries the filters leave (None: all)."""

    cluster: str
    cluster_name: str
    year: int
    countries: tuple[str, ...] | None


def cluster_options(filters: Filters) -> dict[str, str]:
    """Traded clusters with statistics that the filter asks for, itself or through a theme: id to name; empty for none."""
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
    """The traded cluster, year and countries that the filters and the choices ``cluster`` and ``year`` give.

    None without statistics. Without a choice: the first traded cluster of the filter, and the latest year.
    """
    names, years = all_clusters(), [str(year) for year in run_query(statistics.years)]
    if not names or not years:
        return None
    options = cluster_options(filters) or names
    cluster = (choices.get("cluster") or ("",))[-1]
    cluster = cluster if cluster in options else next(iter(options))
    year = (choices.get("year") or ("",))[-1]
    countries = run_query(statistics.country_codes, filters)
    return StatisticsView(cluster, names[cluster], int(year if year in years else years[-1]), countries)


def _regions(view: StatisticsView) -> pd.DataFrame:
    found = run_query(statistics.quotients_by_region, view.cluster, view.year, view.countries)
    return found[found["level"] != "country"]


@define("quotient_map", page=PAGE, filters=FILTERS, choices=("cluster", "year"), noun=NOUN)
def quotient_map_card(request: CardRequest) -> DeckCard | None:
    """Areas with an outline: US states, and countries whose own quotient the source prints."""
    view = view_of(request.filters, request.choices)
    rows = mapped_rows(view) if view else pd.DataFrame()
    if rows.empty or rows["location_quotient"].isna().all():
        return None
    shapes = outlines(dict(zip(rows["region_code"], rows["region"], strict=True)))
    in_us = rows["country_code"] == "US"
    extent = "USA" if in_us.all() else "Atlantic" if in_us.any() else "Europe"
    return statistics_cards.on_the_map(rows, shapes, extent, _map_note(view, rows))


def mapped_rows(view: StatisticsView | None) -> pd.DataFrame:
    """Rows of the map, with the text of their tooltip in the column ``tip``."""
    if view is None:
        return pd.DataFrame()
    found = run_query(statistics.quotients_by_region, view.cluster, view.year, view.countries)
    countries = found[(found["level"] == "country") & (found["quotient_basis"] == "stated")]
    with_states = set(found.loc[found["level"] == "state", "country_code"])
    countries = countries[~countries["country_code"].isin(with_states)]
    shapes = outlines(dict(zip(countries["region_code"], countries["region"], strict=True)))
    rows = statistics_cards.table_rows(pd.concat([found[found["level"] != "country"], countries]))
    rows = rows[rows["region_code"].isin(shapes)]
    return rows.assign(tip=[statistics_cards.tip(row) for row in records(rows)])


def _map_note(view: StatisticsView | None, rows: pd.DataFrame) -> str:
    """How many regions have no outline, and which areas lie outside the first view."""
    regions = len(_regions(view)) if view else 0
    without = regions - int((rows["level"] != "country").sum())
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


@define("quotients", page=PAGE, filters=FILTERS, choices=("cluster", "year"), noun=NOUN)
def quotients(request: CardRequest) -> Card | None:
    """Regions of one traded cluster and year by location quotient."""
    view = view_of(request.filters, request.choices)
    regions = _regions(view) if view else pd.DataFrame()
    return None if regions.empty else statistics_cards.by_region(regions)


@define("regions_compared", page=PAGE, filters=(), choices=("region", "cluster", "year"), noun="regions to compare")
def regions_compared(request: CardRequest) -> Card | None:
    """Up to ten regions, the choices ``region``, over all traded clusters of one year."""
    codes = region_codes(request)
    view = view_of(Filters(), request.choices)
    in_year = run_query(statistics.compare_regions, codes, view.year) if view and codes else pd.DataFrame()
    return None if in_year.empty else statistics_cards.comparison(in_year, codes)


@define("region_series", page=PAGE, filters=("sectors",), choices=("region", "cluster"), noun="time series")
def region_series(request: CardRequest) -> Card | None:
    """One traded cluster of the chosen regions over the years; None for fewer than two years."""
    codes = region_codes(request)
    view = view_of(request.filters, request.choices)
    over_time = run_query(statistics.time_series, codes, view.cluster) if view and codes else pd.DataFrame()
    if over_time.empty or over_time["year"].nunique() < 2:
        return None
    return statistics_cards.series(over_time, codes)


def region_codes(request: CardRequest) -> list[str]:
    """The regions chosen, those without statistics left out, at most ten."""
    known = set(run_query(statistics.regions)["region_code"])
    chosen = [code for code in dict.fromkeys(request.choices.get("region", ())) if code in known]
    return chosen[: statistics.MAX_REGIONS]


@define(
    "strong_without_organisation",
    page=PAGE,
    filters=FILTERS,
    choices=("cluster", "year", "gaps"),
    noun="strong industries without a cluster organisation known here",
)
def strong_without_organisation(request: CardRequest) -> Card | None:
    """Strong industries of regions without a cluster organisation; ``gaps`` is cluster (default) or all."""
    view = view_of(request.filters, request.choices)
    if view is None:
        return None
    countries = compared_countries(view)
    cluster = None if request.choice("gaps") == "all" else view.cluster
    strong = run_query(statistics.strong_without_organisation, view.year, countries, cluster)
    return None if strong.empty else statistics_cards.without_organisation(strong, view.year)


def compared_countries(view: StatisticsView) -> tuple[str, ...]:
    """Countries whose statistics and organisations can be compared: their regions join."""
    known = run_query(statistics.comparable_countries)
    if view.countries is not None:
        known = known[known["country_code"].isin(view.countries)]
    return tuple(known.loc[known["is_comparable"], "country_code"])
