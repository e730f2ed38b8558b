"""Suggest a change: a small text about a record, to copy, to save or to send. Nothing is sent or stored by the app."""

import streamlit as st

from cards.suggestion import shown_values
from domain.file_names import file_name
from domain.filter_values import NO_FILTER
from domain.filters import Filters
from domain.record_types import RECORD_TYPES
from domain.suggestion import Suggestion, mail_link, tracker_link
from domain.urls import deep_link
from settings import load_settings
from ui import screen, state
from warehouse import query_cache

_MISSING = "A fact that is missing, or the record as a whole"
MAX_ANSWER_CHARS = 1_000
_HELP = (
    "Choose what is wrong and write what it should be. The text below is for the maintainers of the data: copy it, "
    "save it or send it. This page sends nothing and keeps nothing. Name no persons, telephone numbers or e-mail "
    "addresses."
)


def suggest_change(table: str, record_id: str, name: str) -> None:
    """Draw a panel that makes a text with the record, the field, its value today and its source."""
    with screen.expander("Suggest a change", icon=":material/edit_note:"):
        _form(table, record_id, name, f"suggest_{table}_{record_id}")


def _form(table: str, record_id: str, name: str, key: str) -> None:
    screen.caption(_HELP)
    values = shown_values(table, record_id)
    headings = [_MISSING, *(value.heading for value in values)]
    chosen = screen.selectbox("What is wrong?", headings, index=None, key=f"{key}_field")
    if chosen is None:
        return
    shown = next((value for value in values if value.heading == chosen), None)
    proposed = screen.text_area("What should it be?", max_chars=MAX_ANSWER_CHARS, key=f"{key}_proposed")
    source = screen.text_input(
        "Where does that stand? Public page or document, and the place in it",
        max_chars=MAX_ANSWER_CHARS,
        key=f"{key}_source",
    )
    record_type = RECORD_TYPES[table]
    suggestion = Suggestion(
        record=name,
        reference=f"{record_type.noun} {record_id}",
        shown=shown,
        proposed=proposed,
        source=source,
        link=deep_link(
            state.current_page(),
            Filters(),
            query_cache.release_name(),
            choices=[(record_type.parameter, record_id)],
        ),
        release=query_cache.release_name(),
    )
    _ways_to_send(suggestion, key)


def _ways_to_send(suggestion: Suggestion, key: str) -> None:
    # As code nothing of it is interpreted, and it has a button to copy it.
    st.code(suggestion.text, language=None, wrap_lines=True)
    settings = load_settings()
    with st.container(horizontal=True):
        if settings.tracker_url:
            screen.link_button(
                "Open in the public tracker",
                tracker_link(settings.tracker_url, suggestion),
                icon=":material/open_in_new:",
                type="primary",
            )
        screen.link_button("Write an e-mail", mail_link(suggestion), icon=":material/mail:")
        screen.download_button(
            "Save as text",
            suggestion.text,
            file_name(suggestion.title, NO_FILTER, "txt"),
            "text/plain",
            key=f"{key}_save",
            on_click="ignore",
            icon=":material/download:",
        )
    if settings.tracker_url:
        screen.caption("The tracker is public: whoever opens it can read what you write there.")
    elif settings.tracker_url_problem:
        screen.caption(settings.tracker_url_problem)
    else:
        screen.caption("The e-mail has no recipient yet: send it to whoever gave you this dashboard.")
