"""The partner finder on the page: who looks, the first proposals with their reasons, both lists."""

import pandas as pd
import streamlit as st

from cards import registers
from cards.card import Evidence
from domain.filters import Filters
from partners import shortlist as partners
from partners.score import LINK_POINTS, SECTOR_POINTS, TARGET_POINTS
from partners.shortlist import Shortlist
from ui import state
from ui.parts.citations import plain, source_popover
from ui.parts.panels import empty_state, register
from warehouse import query_cache

FIRST = 10
METHOD = (
    f"Up to {SECTOR_POINTS} points for sectors: shared traded clusters and shared themes weigh three each, related traded "
    f"clusters one, averaged over what is known of both. Up to {LINK_POINTS} for the shortest recorded link, up to "
    f"{TARGET_POINTS} for a project that targets the other's country; what is not recorded adds nothing and takes nothing. "
    "Most sectors of organisations are assigned by us. See docs/partner-finder.md for how well it finds known partners."
)


def choose_seeker() -> tuple[str, str] | None:
    """('for', organisation id) or ('home', place) from the URL, chosen by two boxes; None when neither is chosen."""
    organisations, places = query_cache.run_query(partners.seekers), query_cache.run_query(partners.places)
    asked = st.query_params.get("for")
    chosen = _known_seeker(asked)
    place = st.query_params.get("home")
    if place and place not in places:
        st.warning(
            f"The link's home “{plain(place[:60])}” is no country or region known here.", icon=":material/link_off:"
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


def _known_seeker(asked: str | None) -> str | None:
    """The organisation the link asks for as it is today; a note when it is unknown or was merged."""
    if not asked:
        return None
    current = query_cache.run_query(partners.current_id, asked)
    if current is None:
        st.warning(
            f"There is no EU or US organisation {plain(asked[:60])} in this release, so the box below is empty.",
            icon=":material/link_off:",
        )
    elif current != asked:
        names = query_cache.run_query(partners.seekers)
        st.info(f"This organisation was merged; the list below is that of its successor, {plain(names[current])}.")
    return current


def _box(name: str, label: str, options: dict[str, str], value: str | None, placeholder: str) -> None:
    """A select box that is a view of one URL parameter; choosing in one empties the other."""
    key = f"seeker_{name}"
    st.session_state[key] = value

    def write() -> None:
        for other in ("for", "home"):
            st.query_params.pop(other, None)
        if st.session_state[key]:
            st.query_params[name] = st.session_state[key]

    st.selectbox(
        label, list(options), index=None, key=key, format_func=options.get, on_change=write, placeholder=placeholder
    )


def answer(seeker: tuple[str, str], filters: Filters, cluster_only: bool) -> Shortlist:
    """The shortlist for what `choose_seeker` gave."""
    question = partners.for_organisation if seeker[0] == "for" else partners.for_place
    return query_cache.run_query(question, seeker[1], filters, cluster_only)


def proposals(found: Shortlist, seeker: tuple[str, str], filters: Filters, cluster_only: bool) -> None:
    """The proposals: the first ones with their reasons, then the whole list as a register."""
    if found.proposals.empty:
        empty_state(lambda other: answer(seeker, other, cluster_only).proposals, filters, "organisations to propose")
        return
    st.header(_headline(found), anchor=False)
    for row in found.proposals.head(FIRST).itertuples():
        _reason(row)
    last, tied = found.proposals["score"].iloc[:FIRST].iloc[-1], found.proposals["score"]
    if (tied.iloc[FIRST:] == last).any():
        st.caption(
            f"{(tied == last).sum()} organisations have {last} points each; those that come later by name stand in the ranking below only."
        )
    st.header("The whole ranking", anchor=False)
    register(registers.PARTNERS, found.proposals, "partners")
    if len(found.unranked):
        st.caption(
            f"Not ranked, since no sector of theirs is recorded that could be compared: {plain('; '.join(found.unranked['name']))}."
        )


def agreements(found: Shortlist) -> None:
    """Cooperations with the other side that stand already: shown as such, not proposed."""
    st.header("Already linked", anchor=False)
    if found.agreements.empty:
        st.markdown(
            "No agreement or running cooperation of its own with the other side is recorded here, which does not mean there is none. "
            "Those of its projects stand in the profiles of the projects."
        )
        return
    st.markdown("Signed, renewed or running; these organisations are not proposed again.")
    register(registers.AGREEMENTS, found.agreements, "agreements")


def _headline(found: Shortlist) -> str:
    side = {"EU": "European", "US": "American"}[found.seeker.other_side]
    return f"{side} partners to look at first for {found.seeker.name}"


@st.fragment
def _reason(row) -> None:
    """One proposal: rank, name, points, why, and where that stands."""
    with st.container(border=True, key=f"proposal_{row.organisation_id}"):
        st.markdown(
            f"**{row.rank}. {plain(row.name)}** · {row.score} points · {plain(_place(row))}  \n{plain(row.why)}"
        )
        with st.container(horizontal=True):
            source_popover(f"why_{row.organisation_id}", _grouped(row.evidence), METHOD)
            if st.button(
                "Profile", key=f"profile_{row.organisation_id}", icon=":material/arrow_forward:", type="tertiary"
            ):
                state.show_record("organisations", row.organisation_id)
                st.rerun(scope="app")


def _place(row) -> str:
    known = [value for value in (row.place, row.region, *row.countries) if isinstance(value, str)]
    return ", ".join(dict.fromkeys(known)) or "place not stated"


def _grouped(evidence: tuple[tuple[str, str], ...]) -> list[Evidence]:
    """Records by table, each an evidence of its own."""
    frame = pd.DataFrame(list(evidence), columns=["table", "record_id"])
    return [Evidence(table, tuple(rows["record_id"])) for table, rows in frame.groupby("table", sort=False)]
