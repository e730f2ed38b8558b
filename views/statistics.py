"""The page Regional statistics: the choice of cluster and year, map and regions, comparison, organisations."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from cards import region_comparison_cards, statistics_cards
from cards.registers import NOT_STRONG
from cards.statistics_text import MEASURES
from domain.filters import Filters
from domain.shares import agree, plural
from domain.text import format_list
from maps.choropleth import out_of_view, quotient_legend, quotient_map, quotient_map_alt
from ui import state
from ui.parts.citations import plain
from ui.parts.cooperation_map_view import map_names
from ui.parts.filled_map import map_card, map_width, outlines
from ui.parts.panels import chart_card, register
from warehouse import query_cache, statistics


@dataclass(frozen=True)
class View:
    """What the page shows: traded cluster (id and name), year, measure, countries of the filters (None: all)."""

    cluster: str
    cluster_name: str
    year: int
    countries: tuple[str, ...] | None
    measure: str


def choose_view(filters: Filters) -> View:
    """Traded cluster (that of the filter where it has one), year and measure; each choice is in the URL."""
    offered = query_cache.run_query(statistics.clusters)
    names = dict(zip(offered["traded_cluster_id"], offered["traded_cluster"], strict=True))
    kept = _of_filter(filters, names)
    options = kept or names
    years = [str(year) for year in reversed(query_cache.run_query(statistics.years))]
    left, right = st.columns([3, 1])
    measures = {key: measure.label for key, measure in MEASURES.items()}
    with left:
        label = "Traded cluster" if not kept else "Traded cluster (of the filter Sector)"
        if kept and st.query_params.get("cluster") not in options:
            st.query_params.pop("cluster", None)  # the filter decides
        cluster = state.url_select("cluster", options, label, next(iter(options)), disabled=len(options) == 1)
    with right:
        year = state.url_select("year", {year: year for year in years}, "Year", years[0])
    # Not called measure: that parameter opens a reading of the US share.
    measure = state.url_choice("count", measures, "Counted in")
    countries = query_cache.run_query(statistics.country_codes, filters)
    return View(cluster, names[cluster], int(year), countries, measure)


def _of_filter(filters: Filters, names: dict[str, str]) -> dict[str, str]:
    """Traded clusters with statistics that the filter Sector names, directly or by a theme; notes say what is missing.

    ``names``: traded clusters with statistics, id to name.
    """
    vocabulary = query_cache.vocabulary()
    direct = [sector for sector in filters.sectors if sector in vocabulary.traded_clusters]
    kept, missing = (
        [sector for sector in direct if sector in names],
        [vocabulary.sectors[sector] for sector in direct if sector not in names],
    )
    if missing:
        st.info(
            f"The imported statistics have no figures for {plain(', '.join(missing))}."
            + ("" if kept else " Choose another traded cluster here.")
        )
    themes = query_cache.run_query(statistics.themes_of_filter, filters.sectors)
    for row in themes.to_dict("records"):
        kept += _of_theme(row, names, bool(kept))
    return {cluster: names[cluster] for cluster in dict.fromkeys(kept)}


def _of_theme(row: Mapping[Hashable, Any], names: dict[str, str], has_others: bool) -> list[str]:
    """Traded clusters with statistics that are linked with a theme or sub-sector of the filter; a note names them.

    ``row``: of warehouse.statistics.themes_of_filter; has_others: whether the filter has another.
    """
    ids = row["traded_cluster_ids"]
    linked = [cluster for cluster in ids if cluster in names] if isinstance(ids, Iterable) else []
    kind = "is a theme" if row["scheme"] == "theme" else f"belongs to the theme {plain(row['theme'])}"
    if linked:
        st.caption(
            f"{plain(row['sector'])} {kind}. The list shows the traded clusters linked to it for which we have "
            f"statistics: "
            f"{plain(format_list([names[cluster] for cluster in linked]))}."
        )
    else:
        st.info(
            f"{plain(row['sector'])} {kind}. We have no statistics for the traded clusters linked to it."
            + ("" if has_others else " Choose a traded cluster here.")
        )
    return linked


def show_quotients(view: View) -> None:
    """Map and chart of the location quotients of one traded cluster in one year."""
    rows = query_cache.run_query(statistics.quotients_by_region, view.cluster, view.year, view.countries, view.measure)
    regions = rows[rows["level"] != "country"]
    if rows.empty:
        st.info(
            f"The imported statistics have no figures for {plain(view.cluster_name)} in {view.year} for this choice of "
            "side, country and year."
        )
        return
    missing = query_cache.run_query(statistics.missing_cells, view.year, view.countries, view.measure)
    _map(rows, missing)
    if regions.empty:
        st.info("The file has figures of countries as a whole for this choice, but of no region.")
    else:
        chart_card(statistics_cards.by_region(regions, missing))


def _map(rows: pd.DataFrame, missing: pd.DataFrame) -> None:
    """Areas with an outline: US states, and countries whose own quotient the source prints."""
    countries = rows[(rows["level"] == "country") & (rows["quotient_basis"] == "stated")]
    with_states = set(rows.loc[rows["level"] == "state", "country_code"])
    countries = countries[~countries["country_code"].isin(with_states)]
    shapes = outlines(dict(zip(countries["region_code"], countries["region"], strict=True)))
    drawn = pd.concat([rows[rows["level"] != "country"], countries])
    drawn = drawn[drawn["region_code"].isin(list(shapes))]
    if drawn["location_quotient"].isna().all():
        reason = "has an outline here" if drawn.empty else "with an outline here has a location quotient"
        st.caption(f"There is no map, because no region {reason}; the card below lists all of them.")
        return
    drawn = drawn.assign(tip=[statistics_cards.tooltip(row) for row in drawn.to_dict("records")])
    in_us = drawn["country_code"] == "US"
    extent = "USA" if in_us.all() else "Atlantic" if in_us.any() else "Europe"
    map_card(
        statistics_cards.quotient_map_card(drawn, missing),
        quotient_map(drawn, shapes, extent, labels=map_names(), width=map_width()),
        quotient_map_alt(drawn),
        quotient_legend(drawn),
        _map_note(rows, drawn),
    )


def _map_note(rows: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """What the map does not show: regions without an outline, and states outside the first view."""
    without = int((rows["level"] != "country").sum()) - int((drawn["level"] != "country").sum())
    verbs = f"{agree(without, 'has', 'have')} no outline here and {agree(without, 'is', 'are')} in the chart only."
    note = f"{plural(without, 'region')} {verbs}" if without else ""
    far = out_of_view(drawn)
    if len(far):
        named = format_list([f"{row['region']} ({row['tip'].splitlines()[0]})" for row in far.to_dict("records")])
        note += f" Outside the first view, drag the map to see {agree(len(far), 'it', 'them')}: {named}."
    return note


def compare_regions(view: View) -> None:
    """Up to ten regions compared over all traded clusters, and over the years."""
    st.header("Compare regions", anchor=False)
    offered = query_cache.run_query(statistics.regions, view.countries)
    everywhere = query_cache.run_query(statistics.regions)
    chosen = set(st.query_params.get_all("region"))
    # Regions of the link stay, whatever the filters leave.
    rows = everywhere[everywhere["region_code"].isin(set(offered["region_code"]) | chosen)]
    options = {
        row["region_code"]: f"{row['region']} ({row['country']})" if row["region"] != row["country"] else row["region"]
        for row in rows.to_dict("records")
    }
    codes = state.url_many(
        "region",
        options,
        "Regions to compare",
        statistics.MAX_REGIONS,
        f"Choose up to {statistics.MAX_REGIONS} regions",
    )
    if not codes:
        st.caption("Choose regions to see all their traded clusters side by side; the choice becomes part of the link.")
        return
    in_year = query_cache.run_query(statistics.compare_regions, codes, view.year, view.measure)
    if in_year.empty:
        st.info(f"None of these regions has figures for {view.year}.")
    else:
        chart_card(region_comparison_cards.comparison(in_year, codes))
        without_rows = [options[code] for code in codes if code not in set(in_year["region_code"])]
        if without_rows:
            st.caption(f"The file has no rows for {view.year}: {plain(', '.join(without_rows))}.")
    over_time = query_cache.run_query(statistics.time_series, codes, view.cluster, view.measure)
    if over_time["year"].nunique() > 1:
        chart_card(region_comparison_cards.series(over_time, codes))
    elif len(over_time):
        st.caption(f"There is one year of {plain(view.cluster_name)} for these regions, so no time series.")


def compare_with_organisations(view: View) -> None:
    """Strong industries without an organisation known here, and organisations without a strong industry."""
    st.header("Industry and cluster organisations", anchor=False)
    known = query_cache.run_query(statistics.comparable_countries)
    if view.countries is not None:
        known = known[known["country_code"].isin(view.countries)]
    others = known.loc[~known["is_comparable"], "country"].tolist()
    if others:
        st.caption(
            f"Not compared: {plain(', '.join(others))}. No cluster organisation known here is placed in a region of "
            f"the "
            "imported file there, mostly because the file uses other codes of regions than data/lookups/regions.csv."
        )
    countries = tuple(known.loc[known["is_comparable"], "country_code"])
    if not countries:
        st.info("No region of this choice can be compared with cluster organisations.")
        return
    scope = state.url_choice("gaps", {"cluster": view.cluster_name, "all": "All traded clusters"}, "Traded clusters")
    choice = (view.year, countries, view.cluster if scope == "cluster" else None, view.measure)
    strong = query_cache.run_query(statistics.strong_without_organisation, *choice)
    judged = query_cache.run_query(statistics.judged_cells, *choice)
    if len(strong):
        chart_card(statistics_cards.without_organisation(strong, view.year, judged))
    else:
        st.info(statistics_cards.describe_no_gap(judged, view.year))
    _not_strong(query_cache.run_query(statistics.organisations_without_strong_industry, *choice), view.year)


def _not_strong(rows: pd.DataFrame, year: int) -> None:
    st.header("Organisations without a strong industry in their region", anchor=False)
    st.caption(f"Statistics of {year}. {statistics_cards.COVERAGE_NOTE}")
    if rows.empty:
        st.info("There is none for this choice, among the organisations placed in a region and in this traded cluster.")
        return
    findings = [statistics_cards.describe_finding(row) for row in rows.to_dict("records")]
    register(
        NOT_STRONG, rows.assign(location_quotient=rows["location_quotient"].round(3), finding=findings), "not_strong"
    )
