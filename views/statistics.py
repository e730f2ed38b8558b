"""The page Regions and statistics: choice of cluster and year, map and regions, comparison, organisations."""

import pandas as pd
import streamlit as st

from cards import statistics_cards
from cards.card import Card
from cards.catalogue import make_card
from cards.definitions.statistics import (
    StatisticsView,
    all_clusters,
    cluster_options,
    compared_with_organisations,
    mapped_rows,
    quotients_of,
    view_of,
)
from cards.registers import NOT_STRONG
from cards.statistics_text import MEASURES
from domain.filters import Filters
from domain.frames import records
from domain.text import format_list
from ui import state
from ui.parts.cards import draw_card
from ui.parts.citations import plain
from ui.parts.registers import draw_register
from views.import_help import STATISTICS, import_help
from warehouse import statistics
from warehouse.query_cache import run_query, vocabulary


def statistics_page(filters: Filters) -> None:
    """The page: help to import when there are no statistics, else choices, map, charts and registers."""
    if run_query(statistics.imports).empty or not run_query(statistics.years):
        import_help(STATISTICS)
        return
    view = _choose_view(filters)
    _where_strong(view, filters)
    _compare(view, filters)
    _beside_organisations(view, filters)


def _choose_view(filters: Filters) -> StatisticsView:
    """Traded cluster (of the filter where it has one), year and measure; each choice is in the URL."""
    _explain_filter(filters)
    kept = cluster_options(filters)
    options = kept or all_clusters()
    years = [str(year) for year in reversed(run_query(statistics.years))]
    left, right = st.columns([3, 1])
    with left:
        label = "Traded cluster (of the filter Sector)" if kept else "Traded cluster"
        if kept and st.query_params.get("cluster") not in options:
            st.query_params.pop("cluster", None)  # the filter decides
        cluster = state.url_select("cluster", options, label, next(iter(options)), disabled=len(options) == 1)
    with right:
        year = state.url_select("year", {year: year for year in years}, "Year", years[0])
    # Not called measure: that parameter opens a reading of the share of partnerships.
    count = state.url_choice("count", {key: measure.label for key, measure in MEASURES.items()}, "Counted in")
    view = view_of(filters, {"cluster": (cluster,), "year": (year,), "count": (count,)})
    if view is None:
        raise ValueError("There are no statistics to choose from.")
    return view


def _explain_filter(filters: Filters) -> None:
    """Which traded clusters the filter Sector leads to, and which of its sectors have no statistics."""
    names, values = all_clusters(), vocabulary()
    missing = [
        values.sectors[sector] for sector in filters.sectors if sector in values.traded_clusters and sector not in names
    ]
    none_left = "" if cluster_options(filters) else " Choose another traded cluster here."
    if missing:
        st.info(f"The statistics imported have no figures for {plain(', '.join(missing))}.{none_left}")
    for row in records(run_query(statistics.themes_of_filter, filters.sectors)):
        codes = row["traded_cluster_ids"]
        linked = [
            names[code]
            for code in (codes if isinstance(codes, list | tuple) or hasattr(codes, "tolist") else [])
            if code in names
        ]
        kind = "is a theme" if row["scheme"] == "theme" else f"belongs to the theme {plain(row['theme'])}"
        if linked:
            st.caption(
                f"{plain(row['sector'])} {kind}. The list shows the traded clusters linked to it for which we have "
                f"statistics: {plain(format_list(linked))}."
            )
        else:
            st.info(f"{plain(row['sector'])} {kind}; no traded cluster linked to it has statistics here.{none_left}")


def _where_strong(view: StatisticsView, filters: Filters) -> None:
    """Map and chart of the location quotients of one traded cluster in one year."""
    if quotients_of(view).empty:
        st.info(
            f"The statistics imported have no figures for {plain(view.cluster_name)} in {view.year} for this choice of "
            "side, country and year."
        )
        return
    card = _card("quotient_map", filters)
    if card:
        draw_card(card)
    else:
        reason = "has an outline here" if mapped_rows(view).empty else "with an outline here has a location quotient"
        st.caption(f"None of these regions {reason}, so there is no map; the card below has all of them.")
    quotients = _card("quotients", filters)
    if quotients:
        draw_card(quotients)
    else:
        st.info("Only countries as a whole have figures for this choice, no region.")


def _card(name: str, filters: Filters) -> Card | None:
    return make_card(name, filters, state.card_choices())


def _compare(view: StatisticsView, filters: Filters) -> None:
    """Up to ten regions side by side over all traded clusters, and over the years."""
    st.header("Compare regions", anchor=False)
    offered = run_query(statistics.regions, view.countries)
    everywhere = run_query(statistics.regions)
    chosen = set(st.query_params.get_all("region"))
    # Regions of the link stay, whatever the filters leave.
    rows = everywhere[everywhere["region_code"].isin(set(offered["region_code"]) | chosen)]
    options = {
        row["region_code"]: f"{row['region']} ({row['country']})" if row["region"] != row["country"] else row["region"]
        for row in records(rows)
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
    card = _card("regions_compared", filters)
    if card is None:
        st.info(f"None of these regions has figures for {view.year}.")
    else:
        draw_card(card)
        without = [options[code] for code in codes if code not in set(card.rows["region_code"])]
        if without:
            st.caption(f"Without figures for {view.year}: {plain(', '.join(without))}.")
    series = _card("region_series", filters)
    if series:
        draw_card(series)
    elif card:
        st.caption(f"There is one year of {plain(view.cluster_name)} for these regions, so no time series.")


def _beside_organisations(view: StatisticsView, filters: Filters) -> None:
    """Strong industries without an organisation known here, and organisations without a strong industry."""
    st.header("Industry and cluster organisations", anchor=False)
    known = run_query(statistics.comparable_countries)
    if view.countries is not None:
        known = known[known["country_code"].isin(view.countries)]
    others = known.loc[~known["is_comparable"], "country"].tolist()
    if others:
        st.caption(
            f"Not compared: {plain(', '.join(others))}. No cluster organisation known here is placed in a region of "
            "the imported file there, mostly because the file uses other codes of regions than "
            "data/lookups/regions.csv."
        )
    if not known["is_comparable"].any():
        st.info("No region of this choice can be compared with cluster organisations.")
        return
    scope = state.url_choice("gaps", {"cluster": view.cluster_name, "all": "All traded clusters"}, "Traded clusters")
    compared = compared_with_organisations(view, scope)
    strong = _card("strong_without_organisation", filters)
    if strong:
        draw_card(strong)
    else:
        st.info(statistics_cards.describe_no_gap(run_query(statistics.judged_cells, *compared), view.year))
    _not_strong(run_query(statistics.organisations_without_strong_industry, *compared), view.year, filters)


def _not_strong(rows: pd.DataFrame, year: int, filters: Filters) -> None:
    st.header("Organisations without a strong industry in their region", anchor=False)
    st.caption(f"Statistics of {year}. {statistics_cards.COVERAGE_NOTE}")
    if rows.empty:
        st.info("There is none for this choice, among the organisations placed in a region and in this traded cluster.")
    else:
        findings = [statistics_cards.describe_finding(row) for row in records(rows)]
        described = rows.assign(location_quotient=rows["location_quotient"].round(3), finding=findings)
        draw_register(NOT_STRONG, described, filters, key="not_strong")
