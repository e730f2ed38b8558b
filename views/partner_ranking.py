"""The best-ranked partners as a table beside a map, and why one of them is proposed."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from cards import registers
from cards.catalogue import make_card
from cards.definitions.partner_proposals import METHOD, Ranking, cut_of, title_of
from charts.theme import ACCENT
from domain.evidence import Evidence
from domain.filters import Filters
from domain.frames import records
from domain.text import agree, plural
from maps.cooperation_map import selected_organisations
from maps.deck import DISCLAIMER
from maps.partner_map import ARC_LAYER, partner_map, partner_map_alt
from partners.score import LINK_POINTS, SECTOR_POINTS, TARGET_POINTS
from ui import screen, state
from ui.faults import fragment
from ui.markup import md
from ui.parts.citations import source_popover
from ui.parts.cooperation_map_view import map_names
from ui.parts.export_menu import export_menu
from ui.parts.folded import folded
from ui.parts.map_width import is_narrow, map_width_px, measure_map_width
from ui.parts.register_table import text_columns
from ui.parts.registers import draw_register
from warehouse.populations import ALL_ORGANISATIONS
from warehouse.query_cache import run_query
from warehouse.registers import rows_by_id

PICK = "pick"  # URL parameter: the proposal whose reasons are shown
HEIGHT_PX = 420  # of table and map
# Width of the column of names: the columns beside it stay in view in a window of 1366 pixels, on a phone that of the
# points. Longer names take further lines.
MIN_NAME_PX, MAX_NAME_PX = 330, 425
POINTS_PX, RANK_PX, CHOICE_PX = 110, 45, 40
MIN_NAME_BESIDE_POINTS_PX = 140
PHONE_PX = 500  # of the container of the table
_COLUMNS = {
    "rank": "Rank",
    "name": "Organisation",
    "score": "Points of 100",
    "sector_points": f"Sectors /{SECTOR_POINTS}",
    "link_points": f"Link /{LINK_POINTS}",
    "target_points": f"Target /{TARGET_POINTS}",
}
PART_HEADINGS = [_COLUMNS[column] for column in ("sector_points", "link_points", "target_points")]


def draw_ranking(ranking: Ranking, filters: Filters) -> None:
    """Draw the proposals with their points beside the map, the reasons of the chosen one, and the whole ranking."""
    if ranking.shown.empty:
        screen.info("None of the organisations proposed has any point: no shared sector, link or target is recorded.")
    else:
        screen.header(title_of(ranking), anchor=False)
        picked = _picked(ranking.shown)
        with st.container(key="two_columns_partners"):
            left, right = st.columns([3, 2])
        with left:
            _table(ranking)
        with right:
            _map(ranking, picked["organisation_id"])
        _reasons(picked)
        screen.caption(f"{cut_of(ranking)}.")
        export_menu("partner_proposals", lambda: make_card("partner_proposals", filters, state.card_choices()))

    def draw_all() -> None:
        draw_register(registers.PARTNERS, ranking.shortlist.proposals, filters, key="partners")
        if len(ranking.shortlist.unranked):
            names = "; ".join(ranking.shortlist.unranked["name"])
            screen.caption(f"Not ranked, because we have no sector recorded for them: {names}.")

    whole = f"The whole ranking ({len(ranking.shortlist.proposals):,})"
    folded(whole, draw_all, key="partner_ranking", icon=":material/table_rows:")


def _picked(shown: pd.DataFrame) -> Mapping[str, Any]:
    """The proposal that the URL names, else the first."""
    rows = records(shown)
    return next((row for row in rows if row["organisation_id"] == st.query_params.get(PICK)), rows[0])


def _table(ranking: Ranking) -> None:
    ids = ranking.shown["organisation_id"].tolist()
    key = "partner_table"

    def pick() -> None:
        if chosen := st.session_state[key].selection.rows:
            st.query_params[PICK] = ids[chosen[0]]

    table = ranking.shown[list(_COLUMNS)].rename(columns=_COLUMNS)
    widest_px = MAX_NAME_PX
    if is_phone := is_narrow(key, PHONE_PX):
        widest_px = max(map_width_px(key) - POINTS_PX - RANK_PX - CHOICE_PX, MIN_NAME_BESIDE_POINTS_PX)
    names, row_height_px = text_columns({"Organisation": table["Organisation"].tolist()}, "", widest_px)
    name_px = widest_px if is_phone else max(MIN_NAME_PX, names["Organisation"]["width"])
    st.dataframe(
        table,
        column_config={
            "Points of 100": st.column_config.ProgressColumn(
                width=POINTS_PX, min_value=0, max_value=100, format="%d", color=ACCENT
            ),
            **{heading: st.column_config.NumberColumn(width=60) for heading in PART_HEADINGS},
            "Rank": st.column_config.NumberColumn(width=RANK_PX),
            "Organisation": st.column_config.TextColumn(width=name_px),
        },
        hide_index=True,
        key=key,
        on_select=pick,
        selection_mode="single-row",
        height=min(HEIGHT_PX, row_height_px * (len(table) + 1) + 3),
        row_height=row_height_px,
        alt=f"Proposals: {plural(len(table), 'row')}. Select a row to see why it is proposed.",
    )


def _map(ranking: Ranking, picked: str) -> None:
    """Draw the proposals that are located to a city; selecting one shows its reasons."""
    located = ranking.shown[ranking.shown["location_precision"] == "city"]
    seeker = ranking.shortlist.seeker
    own = run_query(rows_by_id, ALL_ORGANISATIONS, [seeker.organisation_id] if seeker.organisation_id else [])
    own = own[own["location_precision"] == "city"]
    if located.empty:
        screen.info("None of these organisations is located to a city, so there is no map.")
        return
    without = len(ranking.shown) - len(located)
    width = map_width_px("partner_map")
    widget = f"partner_map_{width}"

    def pick() -> None:
        objects = st.session_state[widget].selection.objects
        found = selected_organisations(objects) or [
            one for row in objects.get(ARC_LAYER, []) for one in row["organisation_ids"]
        ]
        if found := [one for one in found if one in set(located["organisation_id"])]:
            st.query_params[PICK] = found[0]

    with st.container(gap=None):
        st.pydeck_chart(
            partner_map(located, own, labels=map_names(), picked=picked, width=width),
            height=HEIGHT_PX - 40,
            key=widget,
            alt=partner_map_alt(located, seeker.name, without),
            on_select=pick,
            selection_mode="single-object",
        )
        measure_map_width("partner_map", width)
    arcs = "An arc leads to each proposal, the wider the more points. " if len(own) else ""
    note = (
        f"{without} {agree(without, 'has', 'have')} no known city and {agree(without, 'is', 'are')} in the table only. "
    )
    screen.caption(f"{arcs}{note if without else ''}{DISCLAIMER}")


@fragment
def _reasons(row: Mapping[str, Any]) -> None:
    """Draw one proposal: name, points, reasons, and their sources."""
    organisation_id = row["organisation_id"]
    with st.container(border=True, key=f"proposal_{organisation_id}"):
        screen.markdown(
            md(
                "**Why {}?** {} · {} points of 100: sectors {} of {}, link {} of {}, target {} of {}  \n{}",
                row["name"],
                _place(row),
                row["score"],
                row["sector_points"],
                SECTOR_POINTS,
                row["link_points"],
                LINK_POINTS,
                row["target_points"],
                TARGET_POINTS,
                row["why"],
            )
        )
        with st.container(horizontal=True):
            evidence = [Evidence(table, (record_id,)) for table, record_id in row["evidence"]]
            source_popover(f"why_{organisation_id}", evidence, METHOD)
            if screen.button(
                "Profile", key=f"profile_{organisation_id}", icon=":material/arrow_forward:", type="tertiary"
            ):
                state.show_record("organisations", organisation_id)
                st.rerun(scope="app")


def _place(row: Mapping[str, Any]) -> str:
    known = [value for value in (row["place"], row["region"], *row["countries"]) if isinstance(value, str)]
    return ", ".join(dict.fromkeys(known)) or "place not stated"
