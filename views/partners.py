"""The page Partner finder: seeker, first proposals with their reasons, whole ranking, existing cooperations."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cards import registers
from cards.definitions.maps import KIND_LABELS
from cards.status_words import current_statuses
from domain.evidence import Evidence
from domain.filters import Filters
from domain.frames import records
from partners import shortlist as partners
from partners.score import LINK_POINTS, SECTOR_POINTS, TARGET_POINTS
from partners.shortlist import Shortlist
from ui import state
from ui.parts.citations import plain, source_popover
from ui.parts.empty_state import empty_state
from ui.parts.registers import draw_register, show_possible
from warehouse.populations import ALL_ORGANISATIONS, CLUSTERS
from warehouse.query_cache import run_query
from warehouse.registers import rows_by_id

MAX_REASONS = 10  # proposals listed with their reasons
METHOD = (
    f"Up to {SECTOR_POINTS} points for sectors: shared traded clusters and shared themes have weight three each, "
    f"related traded clusters weight one; the mean is taken over what is known of both. Up to {LINK_POINTS} points for "
    f"the shortest recorded link, up to {TARGET_POINTS} for a project that targets the other's country. Missing "
    "information adds no points and costs none. Most sectors of organisations were assigned by us. "
    "docs/partner-finder.md reports how well the finder ranks known partners."
)


def choose_seeker() -> tuple[str, str] | None:
    """Draw two boxes and return their choice: ('for', organisation id), ('home', place), or None for no choice."""
    organisations, places = run_query(partners.seekers), run_query(partners.places)
    chosen = _current_seeker(st.query_params.get("for"))
    place = st.query_params.get("home")
    if place and place not in places:
        st.warning(
            f"The link's home “{plain(place[:60])}” is not a country or region known here.", icon=":material/link_off:"
        )
        place = None
    left, right = st.columns(2)
    with left:
        _box("for", "Organisation", organisations, chosen, "Choose an organisation")
    with right:
        _box(
            "home",
            "Or a country or region, for the sectors of the filter",
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
        st.info(f"{plain(known['name'].iloc[0])} no longer exists ({plain(known['ended'].iloc[0])}).")
    elif current is None:
        st.warning(
            f"There is no EU or US organisation {plain(organisation_id[:60])} in this release.",
            icon=":material/link_off:",
        )
    elif current != organisation_id:
        names = run_query(partners.seekers)
        st.info(f"This organisation was merged; the list below is that of its successor, {plain(names[current])}.")
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

    st.selectbox(
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
    seeker = choose_seeker()
    kinds = state.url_choice(
        "kinds",
        KIND_LABELS,
        "Propose",
    )
    cluster_only = kinds == "clusters"
    if seeker is None:
        st.info(
            "Choose an organisation, or a country or region, to see whom it could work with on the other side of the "
            "Atlantic."
        )
    elif seeker[0] == "home" and not filters.sectors:
        st.info("Choose at least one sector in the filters: partners of a country or region are compared by sector.")
    else:
        shortlist = shortlist_for(seeker, filters, cluster_only)
        _proposals(shortlist, seeker, filters, cluster_only)
        _agreements(shortlist, filters)
        st.caption(METHOD)


def shortlist_for(seeker: tuple[str, str], filters: Filters, cluster_only: bool) -> Shortlist:
    """The shortlist for a seeker as returned by ``choose_seeker``."""
    query = partners.for_organisation if seeker[0] == "for" else partners.for_place
    return run_query(query, seeker[1], filters, cluster_only)


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
        _ranking(shortlist, filters)
    show_possible(population, filters, key="partners")


def _ranking(shortlist: Shortlist, filters: Filters) -> None:
    st.header(_headline(shortlist), anchor=False)
    for row in records(shortlist.proposals.head(MAX_REASONS)):
        _reason(row)
    scores = shortlist.proposals["score"]
    last = scores.iloc[:MAX_REASONS].iloc[-1]
    if (scores.iloc[MAX_REASONS:] == last).any():
        st.caption(
            f"{(scores == last).sum()} organisations have {last} points each. Ties are listed alphabetically; the rest "
            "are in the ranking below."
        )
    st.header("The whole ranking", anchor=False)
    draw_register(registers.PARTNERS, shortlist.proposals, filters, key="partners")
    if len(shortlist.unranked):
        st.caption(
            f"Not ranked, because we have no sector recorded for them: {plain('; '.join(shortlist.unranked['name']))}."
        )


def _agreements(shortlist: Shortlist, filters: Filters) -> None:
    """Draw the existing cooperations with the other side."""
    st.header(registers.AGREEMENTS.title, anchor=False)
    is_organisation = shortlist.seeker.organisation_id is not None
    if shortlist.agreements.empty:
        owner = "of its own" if is_organisation else "of the organisations of this place in these sectors"
        st.markdown(
            f"No agreement or ongoing cooperation {owner} with the other side is recorded here, which does not mean "
            "that there is none. Those of projects are in the profiles of the projects."
        )
        return
    # For a place, partners of one of its organisations may still suit the others.
    again = " These organisations are not proposed again." if is_organisation else ""
    st.markdown(f"{current_statuses().capitalize()}.{again}")
    draw_register(registers.AGREEMENTS, shortlist.agreements, filters, key="agreements")


def _headline(shortlist: Shortlist) -> str:
    side = {"EU": "on the EU side", "US": "in the USA"}[shortlist.seeker.other_side]
    return f"Best-ranked partners {side} for {shortlist.seeker.name}"


@st.fragment
def _reason(row: Mapping[str, Any]) -> None:
    """Draw one proposal: rank, name, points, reasons, and their sources."""
    organisation_id = row["organisation_id"]
    with st.container(border=True, key=f"proposal_{organisation_id}"):
        st.markdown(
            f"**{row['rank']}. {plain(row['name'])}** · {row['score']} points · {plain(_place(row))}  \n"
            f"{plain(row['why'])}"
        )
        with st.container(horizontal=True):
            evidence = [Evidence(table, (record_id,)) for table, record_id in row["evidence"]]
            source_popover(f"why_{organisation_id}", evidence, METHOD)
            if st.button("Profile", key=f"profile_{organisation_id}", icon=":material/arrow_forward:", type="tertiary"):
                state.show_record("organisations", organisation_id)
                st.rerun(scope="app")


def _place(row: Mapping[str, Any]) -> str:
    known = [value for value in (row["place"], row["region"], *row["countries"]) if isinstance(value, str)]
    return ", ".join(dict.fromkeys(known)) or "place not stated"
