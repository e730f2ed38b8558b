"""A note for a link that names another release: whose figures these are, and what has changed since."""

import streamlit as st

from domain.urls import RELEASE
from ui import screen
from ui.frame import released
from ui.markup import joined, md
from warehouse import earlier_releases, query_cache, releases
from warehouse.releases import Difference

MAX_ID_CHARS = 40  # of a release that is not known


def is_of_another_release() -> bool:
    """True when the link names a release that is not the published one."""
    with query_cache.published():
        return st.query_params.get(RELEASE, "") not in ("", query_cache.release_name())


def release_note() -> None:
    """Say whose figures these are and what changed since the release that the link names.

    Draws nothing when the link names none or the published one.
    """
    if not is_of_another_release():
        return
    release_id = st.query_params[RELEASE]
    with query_cache.published():
        difference = query_cache.run_query(releases.difference, release_id)
        known, today = query_cache.run_query(releases.release_ids), query_cache.release_line()
    with st.container(key="release_note"):
        if difference is None:
            screen.warning(
                f"The link names a release {release_id[:MAX_ID_CHARS]} that is not known here. Known releases: "
                f"{', '.join(known) or 'none'}. What you see is {today}.",
                icon=":material/history:",
            )
        elif released.database_of_reader():
            screen.info(md("**{}**", difference.describe_shown()), icon=":material/history:")
        else:
            _todays_figures(difference, today)
        if difference is not None and difference.has_many_figures:
            with screen.expander("The headline figures that changed"):
                screen.markdown(joined("\n", (md("- {}", label) for label in difference.figure_labels())))
        with st.container(horizontal=True, vertical_alignment="center"):
            if difference is not None and difference.is_changed:
                screen.page_link(
                    "pages/sources.py",
                    label="All changes, fact by fact",
                    icon=":material/arrow_forward:",
                    query_params={"view": "changes"},
                )
            label = "Show the figures of today" if released.database_of_reader() else "Dismiss this note"
            screen.button(label, key="forget_release", type="tertiary", on_click=_forget)


def _todays_figures(difference: Difference, today: str) -> None:
    """Say that these are the figures of today, and why not those of the release."""
    text = difference.describe()
    if not difference.is_changed:
        screen.caption(text)
        return
    why = earlier_releases.problem(difference.release_id)
    screen.info(f"{text} {why} What you see is {today}.".replace("  ", " "), icon=":material/history:")


def _forget() -> None:
    st.query_params.pop(RELEASE, None)
