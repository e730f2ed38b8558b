"""Parts of the page Regional statistics: where the figures come from, and the same subject on the other side."""

import pandas as pd
import streamlit as st

from cards.catalogue import make_card
from cards.statistics_text import SCHEMES
from cards.statistics_view import StatisticsView
from domain.filters import Filters
from domain.frames import records
from domain.text import format_list, format_some, plural
from ui import screen
from ui.parts.cards import draw_card
from ui.parts.data_sets import data_set_text
from ui.parts.folded import folded
from warehouse import datasets, statistics
from warehouse.query_cache import run_query

MAX_NAMED = 6


def origins_note(view: StatisticsView) -> None:
    """What the figures of the page are, and what took the place of shipped figures."""
    origins = [row for row in records(run_query(statistics.origins)) if view.scheme in row["schemes"]]
    parts = [
        f"{row['title']} ({row['publisher']}; {plural(row['row_count'], 'row')}, "
        + ("shipped with this dashboard)" if row["is_shipped"] else f"imported as {row['name']})")
        for row in origins
    ]
    period = f"{view.period} is a mean of these years. " if "-" in view.period else ""
    screen.caption(f"{period}Figures: {'; '.join(parts)}.")
    replaced = run_query(statistics.replacements)
    for (title, period_of, name), rows in replaced.groupby(["title", "period", "import_name"], sort=False):
        countries = format_some(list(rows["country"]), MAX_NAMED, "more countries")
        screen.info(
            f"The import {name} takes the place of the {plural(int(rows['row_count'].sum()), 'row')} of "
            f"“{title}” ({period_of}) of {countries}. Nothing is counted twice."
        )


def other_side(view: StatisticsView) -> None:
    """The industries of the other scheme that are close to the one shown, or share a theme with it."""
    found = run_query(statistics.counterparts, view.industry)
    if found.empty:
        return
    folded(
        "On the other side of the Atlantic",
        lambda: _draw_other_side(view, found),
        key="other_side",
        icon=":material/public:",
    )


def _draw_other_side(view: StatisticsView, found: pd.DataFrame) -> None:
    other = SCHEMES["nace_division" if view.scheme == "traded_cluster" else "traded_cluster"]
    close = found[found["is_close"]]
    if close.empty:
        names = format_some(list(found["industry"]), MAX_NAMED, f"more {other.nouns}")
        screen.caption(
            f"No {other.noun} stands close to {view.industry_name} as a whole. Of the same theme, by our "
            f"crosswalk: {names}. Choose one of them under Industries."
        )
        return
    screen.caption(
        f"{format_list(list(close['industry']))} {'stands' if len(close) == 1 else 'stand'} close to "
        f"{view.industry_name} by our crosswalk; the two are not the same. Quotients are measured against the "
        "country of each region and shares of different totals, so compare patterns, not single values."
    )
    # The side is chosen here, so that filters of sides and countries do not apply.
    choices = {"cluster": (view.industry,), "scheme": (view.scheme,)}
    card = make_card("other_side", Filters(), choices)
    if card:
        draw_card(card)
    for row in records(close):
        if screen.button(f"Show {row['industry']} on this page", key=f"show_{row['industry_id']}"):
            _show(other.key, row["industry_id"])


def _show(scheme: str, industry_id: str) -> None:
    for name in ("year", "count", "region"):
        st.query_params.pop(name, None)
    st.query_params["scheme"], st.query_params["cluster"] = scheme, industry_id
    st.rerun()


def origin_cards() -> None:
    """The cards of the shipped data sets of regional statistics, closed until they are opened."""
    for row in records(run_query(datasets.data_sets)):
        if row["format"] == "regional-statistics":
            with screen.expander(f"{row['title']}, {row['period']}", icon=":material/dataset:"):
                screen.markdown(data_set_text(row))
