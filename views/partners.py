"""The page Partner finder: who looks for partners, proposals beside their map, existing cooperations."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cards import registers
from cards.definitions.maps import KIND_LABELS
from cards.definitions.partner_proposals import METHOD, ranking_of, shortlist_for
from cards.status_words import current_statuses
from domain.filters import Filters
from partners import shortlist as partners
from partners.shortlist import Shortlist
from ui import screen, state
from ui.frame.navigation import page_file
from ui.parts.empty_state import empty_state
from ui.parts.registers import draw_register, show_possible
from views.partner_ranking import draw_ranking
from warehouse.populations import ALL_ORGANISATIONS, CLUSTERS
from warehouse.query_cache import run_query
from warehouse.registers import rows_by_id

# Searches to start from: label, and the parameters of the link.
EXAMPLES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Lyonbiopole", (("for", "lyonbiopole"),)),
    ("Polymeris", (("for", "polymeris"),)),
    ("Milwaukee Water Council", (("for", "milwaukee-water-council"),)),
    ("Water in the Netherlands", (("home", "NL"), ("sector", "water"))),
    ("Energy in Massachusetts", (("home", "US-MA"), ("sector", "energy"))),
)


def choose_seeker(left: DeltaGenerator, right: DeltaGenerator) -> tuple[str, str] | None:
    """Draw two boxes and return their choice: ('for', organisation id), ('home', place), or None for no choice."""
    organisations, places = run_query(partners.seekers), run_query(partners.places)
    chosen = _current_seeker(st.query_params.get("for"))
    place = st.query_params.get("home")
    if place and place not in places:
        screen.warning(
            f"The link's home “{place[:60]}” is not a country or region known here.", icon=":material/link_off:"
        )
        place = None
    with left:
        _box("for", "Organisation", organisations, chosen, "Choose an organisation")
    with right:
        _box(
            "home",
            "Or a place, for the sectors of the filter",
            places,
            None if chosen else place,
            "Choose a place",
        )
    if chosen:
        return "for", chosen
    return ("home", place) if place else None


def _current_seeker(organisation_id: str | None) -> str | None:
    """The organisation of the URL, or its successor; draws a note when it is unknown, has ended or was merged."""
    if not organisation_id:
        return None
    current = run_query(partners.current_id, organisation_id)
    known = run_query(rows_by_id, ALL_ORGANISATIONS, [organisation_id])
    if current is None and len(known) and isinstance(known["ended"].iloc[0], str):
        screen.info(f"{known['name'].iloc[0]} no longer exists ({known['ended'].iloc[0]}).")
    elif current is None:
        screen.warning(
            f"There is no EU or US organisation {organisation_id[:60]} in this release.",
            icon=":material/link_off:",
        )
    elif current != organisation_id:
        names = run_query(partners.seekers)
        screen.info(f"This organisation was merged; the list below is that of its successor, {names[current]}.")
    return current


def _box(name: str, label: str, options: dict[str, str], value: str | None, placeholder: str) -> None:
    """Draw a select box for one URL parameter; a choice clears the other parameter."""
    key = f"seeker_{name}"
    st.session_state[key] = value

    def write() -> None:
        for other in ("for", "home"):
            st.query_params.pop(other, None)
        if st.session_state[key]:
            st.query_params[name] = st.session_state[key]

    screen.selectbox(
        label,
        list(options),
        index=None,
        key=key,
        format_func=options.__getitem__,
        on_change=write,
        placeholder=placeholder,
    )


def partner_page(filters: Filters) -> None:
    """Draw the page."""
    with st.container(key="choices_partners"):
        left, middle, right = st.columns([3, 3, 4], vertical_alignment="bottom")
    seeker = choose_seeker(left, middle)
    with right:
        kinds = state.url_choice("kinds", KIND_LABELS, "Propose")
    cluster_only = kinds == "clusters"
    if seeker is None:
        screen.info(
            "Choose an organisation, or a country or region, to see whom it could work with on the other side of the "
            "Atlantic."
        )
        _examples(filters)
    elif seeker[0] == "home" and not filters.sectors:
        screen.info(
            "Choose at least one sector in the filters: partners of a country or region are compared by sector."
        )
    else:
        shortlist = shortlist_for(seeker, filters, cluster_only)
        _proposals(shortlist, seeker, filters, cluster_only)
        _agreements(shortlist, filters)
        screen.caption(METHOD)


def _proposals(shortlist: Shortlist, seeker: tuple[str, str], filters: Filters, cluster_only: bool) -> None:
    """Draw the first proposals with their reasons, then the whole list as a register."""
    population = CLUSTERS if cluster_only else ALL_ORGANISATIONS
    if shortlist.proposals.empty:
        empty_state(
            population,
            filters.only(population.record_type.filters),
            "organisations to propose",
            lambda relaxed: len(shortlist_for(seeker, relaxed, cluster_only).proposals),
        )
    else:
        draw_ranking(ranking_of(shortlist, filters), filters)
    show_possible(population, filters, key="partners")


def _agreements(shortlist: Shortlist, filters: Filters) -> None:
    """Draw the existing cooperations with the other side."""
    screen.header(registers.AGREEMENTS.title, anchor=False)
    is_organisation = shortlist.seeker.organisation_id is not None
    if shortlist.agreements.empty:
        owner = "of its own" if is_organisation else "of the organisations of this place in these sectors"
        screen.markdown(
            f"No agreement or ongoing cooperation {owner} with the other side is recorded here, which does not mean "
            "that there is none. Those of projects are in the profiles of the projects."
        )
        return
    # For a place, partners of one of its organisations may still suit the others.
    again = " These organisations are not proposed again." if is_organisation else ""
    screen.markdown(f"{current_statuses().capitalize()}.{again}")
    draw_register(registers.AGREEMENTS, shortlist.agreements, filters, key="agreements")


def _examples(filters: Filters) -> None:
    """Draw links to searches to start from."""
    screen.markdown("Start with an example:")
    with st.container(horizontal=True, key="questions", gap="small"):
        for label, choices in EXAMPLES:
            kept = state.link_params(Filters() if "sector" in dict(choices) else filters)
            screen.page_link(page_file("partners"), label=label, query_params=[*kept, *choices])
