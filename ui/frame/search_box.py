"""The search box of every page, and what it found in a panel below it: records by kind, each one step away."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from domain.frames import records
from domain.record_types import RECORD_TYPES
from domain.search_text import words
from domain.text import agree, plain_excerpt, plural
from ui import screen, state
from ui.markup import md
from warehouse.query_cache import run_query
from warehouse.search import MAX_QUESTION_CHARS, MAX_WORDS, find, search_index

SHOWN_AT_ONCE = 5  # of each kind; the others open below them
MAX_LABEL_CHARS = 110
_KEY = "search"
_SCRIPT = Path(__file__).parent / "assets" / "search_keys.js"
# Kinds without a profile: noun for one and for several.
_OTHER_KINDS = {"sectors": ("sector", "sectors"), "terms": ("definition", "definitions")}


def search_box() -> None:
    """Draw the box, and the panel with what is found for the question in the URL."""
    question = st.query_params.get(state.QUESTION, "")
    st.session_state[_KEY] = question[:MAX_QUESTION_CHARS]
    with st.container(key="frame_search"):
        screen.text_input(
            "Search for an organisation, project, place or agreement",
            key=_KEY,
            type="search",
            placeholder="Search  ( / )",
            max_chars=MAX_QUESTION_CHARS,
            label_visibility="collapsed",
            on_change=_ask,
        )
        _keys()(key="search_keys", height="content")
        if question.strip():
            with st.container(key="search_results", border=True, gap="small"):
                _results(question)


def _ask() -> None:
    """Write the question to the URL."""
    if question := st.session_state[_KEY].strip():
        st.query_params[state.QUESTION] = question
    else:
        _close()


def _close() -> None:
    st.query_params.pop(state.QUESTION, None)


def _results(question: str) -> None:
    found = run_query(find, run_query(search_index), question)
    kinds = [(table, rows) for table, rows in found.groupby("table_name", sort=False)]
    total = sum(int(rows["of_kind"].iloc[0]) for _, rows in kinds)
    asked = plain_excerpt(question.strip())
    with st.container(key="search_head", horizontal=True, vertical_alignment="center"):
        screen.markdown(
            md("**{} for “{}”**", plural(total, "result"), asked)
            if total
            else md("**Nothing is found for “{}”**", asked)
        )
        screen.button("Close", key="search_close", icon=":material/close:", type="tertiary", on_click=_close)
    if len(question) > MAX_QUESTION_CHARS:
        screen.caption(f"The first {MAX_QUESTION_CHARS} characters were searched for.")
    elif len(set(words(question))) > MAX_WORDS:
        screen.caption(f"The first {MAX_WORDS} words were searched for.")
    if not total:
        _nothing()
    for table, rows in kinds:
        _kind(str(table), rows)


def _nothing() -> None:
    screen.markdown(
        "Names and their other spellings, projects, events, agreements, places, sources and definitions are searched; "
        "a wrong letter in a word does no harm. Try fewer words, another spelling, the name in its own language, or "
        "the city. What is not recorded here may exist all the same."
    )
    screen.page_link(
        "pages/sources.py",
        label="What is covered, and what is not",
        icon=":material/arrow_forward:",
        query_params=state.link_params(state.read_filters()[0]),
    )


def _kind(table: str, rows: pd.DataFrame) -> None:
    """Draw what is found of one kind."""
    number = int(rows["of_kind"].iloc[0])
    one, many = _OTHER_KINDS[table] if table in _OTHER_KINDS else (RECORD_TYPES[table].noun, RECORD_TYPES[table].plural)
    with st.container(gap=None, key=f"search_{table}"):
        screen.caption(md("**{}**", plural(number, one, many)))
        _list(table, rows.head(SHOWN_AT_ONCE))
        others = rows.iloc[SHOWN_AT_ONCE:]
        if len(others):
            with screen.expander(f"{len(others)} more {agree(len(others), one, many)}", key=f"search_more_{table}"):
                _list(table, others)
                if number > len(rows):
                    screen.caption(f"{number - len(rows):,} further ones are not listed: add a word to the question.")


def _list(table: str, rows: pd.DataFrame) -> None:
    for row in records(rows):
        label, note = _shortened(row["label"]), _note(row)
        if table == "terms":
            screen.markdown(md("**{}**: {}", label, row["hint"]))
        elif table == "sectors":
            only = replace(state.read_filters()[0], sectors=(row["record_id"],))
            screen.page_link("pages/sectors.py", label=label, query_params=state.link_params(only))
        else:
            screen.button(
                md("{}  \u2003:gray[{}]", label, note) if note else label,
                key=f"found_{table}_{row['record_id']}",
                type="tertiary",
                on_click=state.show_record,
                args=(table, row["record_id"]),
            )


def _note(row: dict[str, Any]) -> str:
    """'also known as …' where another text than the name is found, else what tells the record from others."""
    if isinstance(row["what"], str):
        return f"{row['what']}: {_shortened(row['text'])}"
    return _shortened(row["hint"]) if isinstance(row["hint"], str) else ""


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_LABEL_CHARS else f"{text[:MAX_LABEL_CHARS].rstrip()} …"


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


@st.cache_resource
def _keys() -> ComponentRenderer:
    """The component that listens for the keys, registered once per server."""
    return st.components.v2.component("search_keys", html="<span></span>", js=_script())
