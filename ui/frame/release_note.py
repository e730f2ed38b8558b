"""One line for a link that names an older release: have its figures changed since?"""

import streamlit as st

from ui.parts.citations import plain
from warehouse import query_cache, releases

PARAMETER = "release"


def is_of_another_release() -> bool:
    """True when the link names a release that is not that of this build."""
    return st.query_params.get(PARAMETER, "") not in ("", query_cache.release_name())


def release_note() -> None:
    """Say what changed since the release that the link names; nothing when it names none or this one."""
    if not is_of_another_release():
        return
    asked = st.query_params[PARAMETER]
    found = query_cache.run_query(releases.difference, asked)
    with st.container(key="release_note"):
        if found is None:
            known = ", ".join(query_cache.run_query(releases.release_ids)) or "none"
            st.warning(
                f"The link names a release {plain(asked[:40])} that is not known here. Known releases: {known}. "
                f"What you see is {plain(query_cache.release_line())}.",
                icon=":material/history:",
            )
        elif found.is_changed:
            st.info(f"{plain(found.in_words())}", icon=":material/history:")
        else:
            st.caption(plain(found.in_words()))
        if found is not None and found.is_changed:
            st.page_link(
                "pages/sources.py",
                label="All changes, fact by fact",
                icon=":material/arrow_forward:",
                query_params={"view": "changes"},
            )
        st.button("Dismiss this note", key="forget_release", type="tertiary", on_click=_forget)


def _forget() -> None:
    st.query_params.pop(PARAMETER, None)
