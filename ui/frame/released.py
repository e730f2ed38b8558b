"""Figures of an earlier release for a link that names one: which database the reader at hand reads."""

from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from domain.urls import RELEASE
from ui import screen
from ui.markup import plain
from warehouse import earlier_releases, query_cache
from warehouse.earlier_releases import OpenRelease


def database_of_reader() -> Path | None:
    """The database of the release that the URL names, if it is open; None for the published one."""
    if get_script_run_ctx(suppress_warning=True) is None:  # no page is run: a request to the API, or a task of its own
        return None
    return earlier_releases.database(st.query_params.get(RELEASE, ""))


def open_release(prepare: OpenRelease) -> None:
    """Open the database of the release that the URL names, where it is known and differs from the published one.

    Where it must be built first, the page shows the progress and runs again.
    """
    release_id = st.query_params.get(RELEASE, "")
    if not release_id:
        return
    if not earlier_releases.needs_own_database(release_id):
        earlier_releases.forget(release_id)
        return
    if earlier_releases.found(release_id) is not None:
        return
    label = f"Preparing the figures of release {release_id}. This happens once and takes less than a minute."
    with screen.status(label) as status:
        earlier_releases.prepare(
            release_id, prepare, lambda step: status.update(label=plain(f"Release {release_id}: {step}"))
        )
    st.rerun()


query_cache.choose_database_by(database_of_reader)
