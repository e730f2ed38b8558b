"""A note for a link that names another release: which figures have changed since."""

import streamlit as st

from ui import screen
from ui.markup import joined, md
from warehouse import query_cache, releases

PARAMETER = "release"


def is_of_another_release() -> bool:
    """True when the link names a release that is not that of this build."""
    return st.query_params.get(PARAMETER, "") not in ("", query_cache.release_name())


def release_note() -> None:
    """Say what changed since the release that the link names; draw nothing when it names none or this one."""
    if not is_of_another_release():
        return
    release_id = st.query_params[PARAMETER]
    difference = query_cache.run_query(releases.difference, release_id)
    with st.container(key="release_note"):
        if difference is None:
            known = ", ".join(query_cache.run_query(releases.release_ids)) or "none"
            screen.warning(
                f"The link names a release {release_id[:40]} that is not known here. Known releases: {known}. "
                f"What you see is {query_cache.release_line()}.",
                icon=":material/history:",
            )
        elif difference.is_changed:
            screen.info(difference.describe(), icon=":material/history:")
        else:
            screen.caption(difference.describe())
        if difference is not None and difference.has_many_figures:
            with screen.expander("The headline figures that changed"):
                screen.markdown(joined("\n", (md("- {}", label) for label in difference.figure_labels())))
        if difference is not None and difference.is_changed:
            screen.page_link(
                "pages/sources.py",
                label="All changes, fact by fact",
                icon=":material/arrow_forward:",
                query_params={"view": "changes"},
            )
        screen.button("Dismiss this note", key="forget_release", type="tertiary", on_click=_forget)


def _forget() -> None:
    st.query_params.pop(PARAMETER, None)
