"""Content of the page Partnerships: squares by generation, the printed share, co-targets, activities, registers."""

import streamlit as st

from cards.definitions.overview import PRINTED_READING
from cards.definitions.projects import FIRST_GENERATION_READING, first_generation_share
from domain.evidence import Evidence
from domain.filters import Filters
from domain.frames import records
from domain.record_types.activities import ACTIVITIES
from domain.record_types.figures import FIGURES
from domain.shares import with_share_labels
from ui import screen
from ui.faults import fragment
from ui.markup import md
from ui.parts.cards import show_card
from ui.parts.citations import source_popover
from ui.parts.folded import folded
from ui.parts.registers import draw_register, folded_register
from warehouse import queries
from warehouse.populations import ALL_PROJECTS, TABLE_1_PARTNERSHIPS
from warehouse.profiles import figures_about
from warehouse.query_cache import labels, run_query
from warehouse.registers import rows

_WHY_NOT_ALL = md(
    "**Why not 18 of 18?** Table 1 of the discussion paper lists only partnerships that target the USA, so a share of "
    "its rows would be 100 % by construction. The number of all partnerships comes from other sources. The printed "
    "47.37 % answers another question: which country is the *top* target, in a survey whose number of answers is not "
    "printed."
)


def partnerships_page(filters: Filters) -> None:
    """Draw the page for these filters."""
    squares, beside = st.columns([0.66, 0.34])
    with squares:
        show_card("generations", filters)
    with beside:
        _shares()
    folded(
        "All readings of the share, each with its population",
        lambda: _readings(filters),
        key="usa_share",
        icon=":material/percent:",
    )
    if show_card("co_targets", filters):
        _activities(filters)
    folded_register(ALL_PROJECTS, filters, "Register of projects and programmes")
    folded(
        "Figures that sources print about whole programmes",
        lambda: _programme_figures(filters),
        key="programme_figures",
        icon=":material/table_rows:",
    )


def _readings(filters: Filters) -> None:
    show_card("usa_share", filters)
    screen.markdown(_WHY_NOT_ALL)


def _programme_figures(filters: Filters) -> None:
    screen.caption("Among them ESCP-4i, the ECCP platform and the US Tech Hubs.")
    if FIGURES.register:
        draw_register(FIGURES.register, run_query(figures_about, "programme"), filters)


@fragment
def _shares() -> None:
    """Draw the counted share of the first generation and the percentage that the paper prints, as a quotation."""
    readings = with_share_labels(run_query(queries.usa_share))
    (printed,) = records(readings[readings["measure_id"] == PRINTED_READING])
    with st.container(border=True, key="card_shares"):
        screen.markdown(md("### At least {}", first_generation_share(readings)))
        screen.caption("Counted here: they list the USA as a target. No filter applies.")
        screen.markdown(md("> ### {}\n> {}", printed["share_label"], printed["label"]))
        screen.caption(printed["note"])
        evidence = [Evidence("usa_share", (FIRST_GENERATION_READING, PRINTED_READING))]
        source_popover("shares", evidence, "View usa_share; the printed percentage is quoted.")


def _activities(filters: Filters) -> None:
    partnerships = run_query(rows, TABLE_1_PARTNERSHIPS, filters)
    activities = run_query(queries.activities, partnerships["project_id"].tolist())
    if activities.empty:
        screen.info("The discussion paper names no activities of these partnerships.")
        return

    def draw() -> None:
        counts = activities["progress"].value_counts()
        by_progress = ", ".join(f"{counts.get(term, 0)} {term}" for term in labels("activities.progress"))
        screen.markdown(
            f"As described in the discussion paper of February 2017: {by_progress}. The paper cannot say whether the "
            "planned ones took place."
        )
        if ACTIVITIES.register:
            draw_register(ACTIVITIES.register, activities, filters)

    folded(
        f"Activities of these partnerships ({len(activities)})", draw, key="activities", icon=":material/table_rows:"
    )
