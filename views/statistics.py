"""The page Regions and statistics: choice of industries and period, map and regions, comparison, organisations."""

import pandas as pd
import streamlit as st

from cards import statistics_gaps
from cards.card import Card
from cards.catalogue import make_card
from cards.definitions.statistics import compared_countries, compared_with_organisations, not_compared, quotients_of
from cards.registers import NOT_STRONG
from cards.statistics_text import MEASURES, SCHEMES
from cards.statistics_view import (
    StatisticsView,
    all_industries,
    first_industry,
    industry_options,
    latest_period,
    listed,
    measure_options,
    scheme_of,
    scheme_options,
    view_of,
)
from domain.filters import Filters
from domain.frames import records
from domain.text import format_list
from ui import screen, state
from ui.parts.cards import draw_card
from ui.parts.folded import folded
from ui.parts.registers import draw_register, folded_register, register_section
from views import statistics_origins
from views.import_help import STATISTICS, import_commands, import_help
from warehouse import industry_gaps, statistics
from warehouse.populations import REGIONS
from warehouse.query_cache import run_query, vocabulary

PROFILES = "Regions and what is known in them"


def statistics_page(filters: Filters) -> None:
    """The page: help to import when there are no statistics, else choices, map, charts and registers."""
    if not scheme_options():
        import_help(STATISTICS)
        register_section(REGIONS, filters, PROFILES)
        return
    view = _choose_view(filters)
    _where_strong(view, filters)
    statistics_origins.other_side(view)
    _compare(view, filters)
    folded(
        "Industry and cluster organisations",
        lambda: _beside_organisations(view, filters),
        key="beside_organisations",
        icon=":material/domain:",
        expanded="gaps" in st.query_params,
    )
    folded_register(REGIONS, filters, PROFILES)
    _coverage(filters)


def _choose_view(filters: Filters) -> StatisticsView:
    """Industries, industry (of the filter where it has one), period and measure in a row; each choice is in the URL."""
    with st.container(key="choices_statistics"):
        columns = st.columns([2, 3, 1.2, 1.4])
    with columns[0]:
        scheme = _choose_scheme(filters)
    kept = industry_options(filters, scheme)
    options = kept or all_industries(scheme)
    periods = [*reversed(run_query(statistics.periods, scheme))]
    with columns[1]:
        label = SCHEMES[scheme].label[:-1] + (" (of the filter Sector)" if kept else "")
        if kept and st.query_params.get("cluster") not in options:
            st.query_params.pop("cluster", None)  # the filter decides
        industry = state.url_select("cluster", options, label, first_industry(options), disabled=len(options) == 1)
    with columns[2]:
        latest = latest_period(scheme, industry)
        period = state.url_select("year", {period: period for period in periods}, "Period", latest)
    # Not called measure: that parameter opens a reading of the share of partnerships.
    measures = {key: MEASURES[key].label for key in measure_options(scheme)}
    with columns[3]:
        count = state.url_select("count", measures, "Counted in", next(iter(measures)), disabled=len(measures) == 1)
    view = view_of(filters, {"scheme": (scheme,), "cluster": (industry,), "year": (period,), "count": (count,)})
    if view is None:
        raise ValueError("There are no statistics to choose from.")
    _explain_filter(filters, scheme)
    statistics_origins.origins_note(view)
    return view


def _choose_scheme(filters: Filters) -> str:
    """The scheme of industries; choices of another scheme leave the URL, and a close industry is chosen instead."""
    options = scheme_options()
    current = scheme_of(filters, state.card_choices()) or next(iter(options))
    labels = {key: f"{SCHEMES[key].label} ({_countries(options[key])})" for key in options}
    scheme = state.url_select("scheme", labels, "Industries", current, disabled=len(labels) == 1)
    _drop_choices_of_others(scheme)
    return scheme


def _countries(codes: tuple[str, ...]) -> str:
    """'USA', 'France', '30 countries': where the figures of a scheme are of."""
    if len(codes) > 1:
        return f"{len(codes)} countries"
    return "USA" if codes == ("US",) else vocabulary().countries.get(codes[0], codes[0])


def _drop_choices_of_others(scheme: str) -> None:
    """Remove industry, period, regions and measure of another scheme from the URL."""
    params, others = st.query_params, [key for key in scheme_options() if key != scheme]
    own = all_industries(scheme)
    if any(params.get("cluster") in all_industries(other) for other in others):
        close = run_query(statistics.counterparts, params["cluster"])
        close = close[close["is_close"] & close["industry_id"].isin(list(own))]
        params.pop("cluster")
        if len(close):
            params["cluster"] = close["industry_id"].iloc[0]
    if params.get("year") not in (None, *run_query(statistics.periods, scheme)) and any(
        params["year"] in run_query(statistics.periods, other) for other in others
    ):
        params.pop("year")
    if params.get("count") in {measure for other in others for measure in measure_options(other)} - set(
        measure_options(scheme)
    ):
        params.pop("count")
    _drop_regions_of_others(scheme, others)


def _drop_regions_of_others(scheme: str, others: list[str]) -> None:
    chosen = st.query_params.get_all("region")
    known = set(run_query(statistics.regions, scheme)["region_code"])
    elsewhere = {code for other in others for code in run_query(statistics.regions, other)["region_code"]} - known
    if elsewhere & set(chosen):
        kept = [code for code in chosen if code not in elsewhere]
        st.query_params.pop("region")
        if kept:
            st.query_params["region"] = kept


def _explain_filter(filters: Filters, scheme: str) -> None:
    """Which industries the filter Sector leads to, and which of its sectors have no statistics."""
    if not filters.sectors:
        return
    names, words = all_industries(scheme), SCHEMES[scheme]
    none_left = "" if industry_options(filters, scheme) else f" Choose another {words.noun} here."
    for row in records(run_query(statistics.linked_industries, filters.sectors, scheme)):
        if row["sector_id"] in names:
            continue
        linked = [names[code] for code in listed(row["industry_ids"])]
        kind = "is a traded cluster"
        if row["scheme"] != "traded_cluster":
            kind = "is a theme" if row["scheme"] == "theme" else f"belongs to the theme {row['theme']}"
        if linked:
            screen.caption(
                f"{row['sector']} {kind}. The list shows the {words.nouns} linked to it by us for which we have "
                f"statistics: {format_list(linked)}."
            )
        elif row["scheme"] == "traded_cluster" and scheme == "traded_cluster":
            screen.info(f"The statistics have no figures for {row['sector']}.{none_left}")
        else:
            screen.info(f"{row['sector']} {kind}; no {words.noun} linked to it has statistics here.{none_left}")


def _where_strong(view: StatisticsView, filters: Filters) -> None:
    """Maps and chart of the location quotients of one industry in one period."""
    if quotients_of(view).empty:
        screen.info(
            f"The statistics have no figures for {view.industry_name} in {view.period} for this choice of "
            "side, country and period."
        )
        return
    quotients = _card("quotients", filters)
    if quotients:
        draw_card(quotients)
    else:
        screen.info("Only countries as a whole have figures for this choice, no region.")
    maps = [card for name in ("quotient_map", "quotient_points") if (card := _card(name, filters))]
    for card in maps:
        draw_card(card)
    if quotients and not maps:
        screen.caption(
            "No region of this choice that can be drawn has a location quotient; the card above has all of them."
        )


def _card(name: str, filters: Filters) -> Card | None:
    return make_card(name, filters, state.card_choices())


def _compare(view: StatisticsView, filters: Filters) -> None:
    """Up to ten regions side by side over all industries, and over the years."""
    words = SCHEMES[view.scheme]
    screen.header("Compare regions", anchor=False)
    offered = run_query(statistics.regions, view.scheme, view.countries)
    everywhere = run_query(statistics.regions, view.scheme)
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
        screen.caption(
            f"Choose regions to see all their {words.nouns} side by side; the choice becomes part of the link."
        )
        return
    card = _card("regions_compared", filters)
    if card is None:
        screen.info(f"None of these regions has figures for {view.period}.")
    else:
        draw_card(card)
        without = [options[code] for code in codes if code not in set(card.rows["region_code"])]
        if without:
            screen.caption(f"Without figures for {card.rows['period'].iloc[0]}: {', '.join(without)}.")
    series = _card("region_series", filters)
    if series:
        draw_card(series)
    elif card:
        screen.caption(f"There are no two years of {view.industry_name} for these regions, so no time series.")


def _beside_organisations(view: StatisticsView, filters: Filters) -> None:
    """Strong industries without an organisation placed in the region, and organisations without a strong industry."""
    if others := not_compared(view):
        screen.caption(statistics_gaps.describe_not_compared(others))
    if not compared_countries(view):
        screen.info("No region of this choice can be compared with cluster organisations.")
        return
    strength = _card("strength_and_organisations", filters)
    if strength:
        draw_card(strength)
    words = SCHEMES[view.scheme]
    scopes = {"cluster": view.industry_name, "all": f"All {words.nouns}"}
    compared = compared_with_organisations(view, state.url_choice("gaps", scopes, words.label))
    strong = _card("strong_without_organisation", filters)
    if strong:
        draw_card(strong)
    else:
        screen.info(statistics_gaps.describe_no_gap(run_query(industry_gaps.judged_cells, compared), view.period))
    _not_strong(run_query(industry_gaps.organisations_without_strong_industry, compared), view.period, filters)


def _not_strong(rows: pd.DataFrame, period: str, filters: Filters) -> None:
    title = f"Organisations without a strong industry in their region ({len(rows):,})"

    def draw() -> None:
        screen.caption(f"Statistics of {period}. {statistics_gaps.COVERAGE_NOTE}")
        if rows.empty:
            screen.info(
                "There is none for this choice, among the organisations placed in a region and in this industry."
            )
            return
        findings = [statistics_gaps.describe_finding(row) for row in records(rows)]
        described = rows.assign(location_quotient=rows["location_quotient"].round(3), finding=findings)
        draw_register(NOT_STRONG, described, filters, key="not_strong")

    folded(title, draw, key="not_strong", icon=":material/table_rows:")


def _coverage(filters: Filters) -> None:
    def draw() -> None:
        card = _card("statistics_coverage", filters)
        if card:
            draw_card(card)
        statistics_origins.origin_cards()

    folded("Coverage and origin", draw, key="statistics_coverage", icon=":material/database:")
    with screen.expander("Figures of your own", icon=":material/upload_file:"):
        import_commands(STATISTICS)
