"""The page Regional statistics: what to look at, the map, the regions, the comparison, and industry beside organisations."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st
from ui.parts.filled_map import map_card, map_width, outlines
from ui.parts.panels import chart_card, register

from cards import statistics_cards as cards
from cards.registers import NOT_STRONG
from domain.filters import Filters
from domain.text import agree, format_list, plural
from maps.choropleth import out_of_view, quotient_legend, quotient_map, quotient_map_alt
from ui import state
from ui.parts.citations import plain
from ui.parts.cooperation_map_view import map_names
from warehouse import query_cache, statistics


@dataclass(frozen=True)
class View:
    """What the page looks at: traded cluster (id and name), year, and the countries the filters leave (None: all)."""

    cluster: str
    cluster_name: str
    year: int
    countries: tuple[str, ...] | None


def choose_view(filters: Filters) -> View:
    """Traded cluster (that of the filter where it has one) and year, chosen by two boxes that stand in the URL."""
    found = query_cache.run_query(statistics.clusters)
    names = dict(zip(found["traded_cluster_id"], found["traded_cluster"], strict=True))
    kept = _of_filter(filters, names)
    options = kept or names
    years = [str(year) for year in reversed(query_cache.run_query(statistics.years))]
    left, right = st.columns([3, 1])
    with left:
        label = "Traded cluster" if not kept else "Traded cluster (of the filter Sector)"
        if kept and st.query_params.get("cluster") not in options:
            st.query_params.pop("cluster", None)  # the filter decides
        cluster = state.url_select("cluster", options, label, next(iter(options)), disabled=len(options) == 1)
    with right:
        year = state.url_select("year", {year: year for year in years}, "Year", years[0])
    return View(cluster, names[cluster], int(year), query_cache.run_query(statistics.country_codes, filters))


def _of_filter(filters: Filters, names: dict[str, str]) -> dict[str, str]:
    """Traded clusters with statistics that the filter Sector asks for, itself or by a theme; says so where a wish is not met.

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
            f"The statistics imported have no figures for {plain(', '.join(missing))}."
            + ("" if kept else " Choose another traded cluster here.")
        )
    themes = query_cache.run_query(statistics.themes_of_filter, filters.sectors)
    for row in themes.itertuples():
        linked = [cluster for cluster in _listed(row.traded_cluster_ids) if cluster in names]
        kind = "is a theme" if row.scheme == "theme" else f"belongs to the theme {plain(row.theme)}"
        if linked:
            st.caption(
                f"{plain(row.sector)} {kind}: offered are the traded clusters we link with it that have statistics here, "
                f"{plain(format_list([names[cluster] for cluster in linked]))}."
            )
        else:
            st.info(
                f"{plain(row.sector)} {kind}; no traded cluster linked with it has statistics here."
                + ("" if kept else " Choose a traded cluster here.")
            )
        kept += linked
    return {cluster: names[cluster] for cluster in dict.fromkeys(kept)}


def _listed(values) -> list[str]:
    return [] if values is None or isinstance(values, float) else list(values)


def where_strong(view: View) -> None:
    """Map and chart of the location quotients of one traded cluster in one year."""
    found = query_cache.run_query(statistics.quotients_by_region, view.cluster, view.year, view.countries)
    regions = found[found["level"] != "country"]
    if found.empty:
        st.info(
            f"The statistics imported have no figures for {plain(view.cluster_name)} in {view.year} for this choice of side, country and year."
        )
        return
    _map(found, view)
    if regions.empty:
        st.info("Only countries as a whole have figures for this choice, no region.")
    else:
        chart_card(cards.by_region(regions))


def _map(found: pd.DataFrame, view: View) -> None:
    """Areas with an outline: US states, and countries whose own quotient the source prints."""
    countries = found[(found["level"] == "country") & (found["quotient_basis"] == "stated")]
    with_states = set(found.loc[found["level"] == "state", "country_code"])
    countries = countries[~countries["country_code"].isin(with_states)]
    shapes = outlines(dict(zip(countries["region_code"], countries["region"], strict=True)))
    drawn = cards.shown(pd.concat([found[found["level"] != "country"], countries]))
    drawn = drawn[drawn["region_code"].isin(shapes)]
    if drawn["location_quotient"].isna().all():
        reason = "has an outline here" if drawn.empty else "with an outline here has a location quotient"
        st.caption(f"None of these regions {reason}, so there is no map; the card below has all of them.")
        return
    drawn = drawn.assign(tip=[_tip(row) for row in drawn.itertuples()])
    in_us = drawn["country_code"] == "US"
    extent = "USA" if in_us.all() else "Atlantic" if in_us.any() else "Europe"
    without = int((found["level"] != "country").sum()) - int((drawn["level"] != "country").sum())
    stand = (
        f"{agree(without, 'has', 'have')} no outline here and {agree(without, 'stands', 'stand')} in the chart only."
    )
    note = f"{plural(without, 'region')} {stand}" if without else ""
    far = out_of_view(drawn)
    if len(far):
        named = format_list([f"{row.region} ({_tip(row).splitlines()[0]})" for row in far.itertuples()])
        note += f" Outside the first view, drag the map to see {agree(len(far), 'it', 'them')}: {named}."
    map_card(
        cards.on_the_map(drawn),
        quotient_map(drawn, shapes, extent, labels=map_names(), width=map_width()),
        quotient_map_alt(drawn),
        quotient_legend(drawn),
        note,
    )


def _tip(row) -> str:
    if pd.isna(row.location_quotient):
        return f"no quotient: {row.quotient_basis.removeprefix('none: ')}"
    employed = "" if pd.isna(row.employment) else f"\n{row.employment:,.0f} persons employed"
    return f"location quotient {row.location_quotient:.2f} ({row.quotient_basis}){employed}"


def compared(view: View) -> None:
    """Up to ten regions side by side over all traded clusters, and over the years."""
    st.header("Compare regions", anchor=False)
    offered = query_cache.run_query(statistics.regions, view.countries)
    everywhere = query_cache.run_query(statistics.regions)
    chosen = set(st.query_params.get_all("region"))
    # Regions of the link stay, whatever the filters leave.
    rows = everywhere[everywhere["region_code"].isin(set(offered["region_code"]) | chosen)]
    options = {
        row.region_code: f"{row.region} ({row.country})" if row.region != row.country else row.region
        for row in rows.itertuples()
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
    in_year = query_cache.run_query(statistics.compare_regions, codes, view.year)
    if in_year.empty:
        st.info(f"None of these regions has figures for {view.year}.")
    else:
        chart_card(cards.comparison(in_year, codes))
        silent = [options[code] for code in codes if code not in set(in_year["region_code"])]
        if silent:
            st.caption(f"Without figures for {view.year}: {plain(', '.join(silent))}.")
    over_time = query_cache.run_query(statistics.time_series, codes, view.cluster)
    if over_time["year"].nunique() > 1:
        chart_card(cards.series(over_time, codes))
    elif len(over_time):
        st.caption(f"There is one year of {plain(view.cluster_name)} for these regions, so no time series.")


def beside_organisations(view: View) -> None:
    """Strong industries without an organisation known here, and organisations without a strong industry."""
    st.header("Industry and cluster organisations", anchor=False)
    known = query_cache.run_query(statistics.comparable_countries)
    if view.countries is not None:
        known = known[known["country_code"].isin(view.countries)]
    others = known.loc[~known["is_comparable"], "country"].tolist()
    if others:
        st.caption(
            f"Not compared: {plain(', '.join(others))}. No cluster organisation known here is placed in a region of the imported file there, "
            "mostly because the file uses other codes of regions than data/lookups/regions.csv."
        )
    countries = tuple(known.loc[known["is_comparable"], "country_code"])
    if not countries:
        st.info("No region of this choice can be compared with cluster organisations.")
        return
    scope = state.url_choice("gaps", {"cluster": view.cluster_name, "all": "All traded clusters"}, "Traded clusters")
    cluster = view.cluster if scope == "cluster" else None
    strong = query_cache.run_query(statistics.strong_without_organisation, view.year, countries, cluster)
    if strong.empty:
        st.info(f"No strong industry without a cluster organisation known here, for this choice, in {view.year}.")
    else:
        chart_card(cards.without_organisation(strong, view.year))
    _not_strong(
        query_cache.run_query(statistics.organisations_without_strong_industry, view.year, countries, cluster),
        view.year,
    )


def _not_strong(found: pd.DataFrame, year: int) -> None:
    st.header("Organisations without a strong industry in their region", anchor=False)
    st.caption(f"Statistics of {year}. {cards.COVER}")
    if found.empty:
        st.info("There is none for this choice, among the organisations placed in a region and in this traded cluster.")
    else:
        register(NOT_STRONG, found.assign(location_quotient=found["location_quotient"].round(3)), "not_strong")
