"""Figures of an earlier release for a link that names one: which database the reader at hand reads."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui import screen
from ui.markup import plain
from ui.state import RELEASE
from warehouse import query_cache, releases

# Receives the id of a release and a function to call with the name of each step; returns its database, or a sentence
# that says why its figures cannot be had.
OpenRelease = Callable[[str, Callable[[str], None]], Path | str]

# By release: the database, or why there is none. For all readers of this process.
_FOUND: dict[str, Path | str] = {}


def database_of_reader() -> Path | None:
    """The database of the release that the URL names, if it is open; None for the published one."""
    if get_script_run_ctx(suppress_warning=True) is None:  # no page is run: a request to the API, or a task of its own
        return None
    found = _FOUND.get(st.query_params.get(RELEASE, ""))
    return found if isinstance(found, Path) else None


def open_release(prepare: OpenRelease) -> None:
    """Open the database of the release that the URL names, where it is known and differs from the published one.

    Where it must be built first, the page shows the progress and runs again.
    """
    release_id = st.query_params.get(RELEASE, "")
    if not release_id:
        return
    with query_cache.published():
        difference = query_cache.run_query(releases.difference, release_id)
        if difference is None or not difference.is_changed or release_id == query_cache.release_name():
            _FOUND.pop(release_id, None)  # the published build shows the same
            return
    found = _FOUND.get(release_id)
    if isinstance(found, str) or (found is not None and found.exists()):
        return
    label = f"Preparing the figures of release {release_id}. This happens once and takes less than a minute."
    with screen.status(label) as status:
        _FOUND[release_id] = prepare(
            release_id, lambda step: status.update(label=plain(f"Release {release_id}: {step}"))
        )
    st.rerun()


def problem(release_id: str) -> str:
    """Why the figures of a release cannot be shown; '' when nothing is known of it."""
    found = _FOUND.get(release_id, "")
    return found if isinstance(found, str) else ""


query_cache.choose_database_by(database_of_reader)
