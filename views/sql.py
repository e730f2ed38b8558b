"""The page SQL: a query in the URL, its result as table, chart and files, examples, and what can be read."""

from functools import partial
from uuid import uuid4

import streamlit as st

from sql_box.box import Query, the_box
from sql_box.examples import EXAMPLES, WRITE_HERE, first_rows
from sql_box.limits import AT_ONCE, FROM_LINK, MAX_SQL_CHARS, ON_REQUEST
from ui import screen, state
from ui.faults import fragment
from ui.markup import md
from views.sql_result import show_outcome
from warehouse import query_cache
from warehouse.connection import cache_key
from warehouse.dictionary import View, documented_views

_SQL, _VIEW = "sql", "view"  # parameters of the URL
_BOX, _SHOWN = "sql_text", "sql_shown"  # session keys: the text of the box, and the query of the URL it was filled from
_READER, _QUERY, _ASKED = "sql_reader", "sql_query", "sql_asked"
_FIRST_VIEW = "organisation_register"
_TABS = ["Examples", "Views and columns"]
_BOX_HEIGHT_PX = 240
_AT_ONCE_SECONDS = 0.8  # how long a page waits for a result before it shows that the query is running
_PREVIEW_ROWS = 100

_RULES = md(
    "One `SELECT` in the dialect of DuckDB, up to {:,} characters, over the views listed here. It runs in a process of "
    "its own that reads these views and nothing else: no files, no network, no settings. It ends after {:g} seconds or "
    "{} MB of memory; a result has up to {:,} rows, {} columns and {} MB. At most {} queries run at once, one for each "
    "reader. The address of this page holds the query: whoever opens the link sees the result if it is there within "
    "{:g} seconds, and else presses *Run*. The sources of each fact are in the view `cited_facts`.",
    MAX_SQL_CHARS,
    ON_REQUEST.wall_seconds,
    ON_REQUEST.memory_mb,
    ON_REQUEST.rows,
    ON_REQUEST.columns,
    ON_REQUEST.result_bytes // 1_000_000,
    AT_ONCE,
    FROM_LINK.wall_seconds,
)


def sql_page() -> None:
    """Draw the box with its result, and beside it the examples and the views."""
    views = query_cache.run_query(documented_views)
    the_box().prepare(query_cache.database_path())
    left, right = st.columns([3, 2], gap="medium")
    with left:
        sql = _editor()
        _result(_query(sql, views) if sql else None)
    with right:
        # A link to the columns of a view opens them.
        first = _TABS[1] if _VIEW in st.query_params else _TABS[0]
        examples, browser = screen.tabs(_TABS, key="sql_tabs", default=first)
        with examples:
            _examples()
        with browser:
            _browser(views)
    with screen.expander("What a query may do"):
        screen.markdown(_RULES)


def _editor() -> str:
    """Draw the box and return the query to show: that of the URL, or one too long for it."""
    linked, shown = st.query_params.get(_SQL, ""), st.session_state.get(_SHOWN, "")
    is_kept = linked == shown or (not linked and len(shown) > MAX_SQL_CHARS)
    if _BOX not in st.session_state or not is_kept:
        st.session_state[_BOX] = st.session_state[_SHOWN] = linked
    with st.form("sql_form", border=False):
        screen.text_area(
            "Query",
            key=_BOX,
            height=_BOX_HEIGHT_PX,
            placeholder=WRITE_HERE,
            help="A single SELECT over the views listed on this page. Ctrl and Enter run it.",
        )
        screen.form_submit_button("Run", type="primary", icon=":material/play_arrow:", on_click=_run_box)
    return str(st.session_state.get(_SHOWN, ""))


def _run_box() -> None:
    _ask(str(st.session_state[_BOX]))


def _ask(sql: str) -> None:
    """Put the query into the box and into the URL, and have it run."""
    st.session_state[_BOX] = st.session_state[_SHOWN] = sql
    st.session_state[_ASKED] = True
    if sql.strip() and len(sql) <= MAX_SQL_CHARS:
        st.query_params[_SQL] = sql
    else:
        st.query_params.pop(_SQL, None)


def _query(sql: str, views: dict[str, View]) -> Query:
    """The query of this reader: the one of the last run of the page, or a new one where text or build have changed.

    A query that nobody asked for, because it came with a link, gets less time.
    """
    database = query_cache.database_path()
    key = (sql, cache_key(database))
    is_asked = st.session_state.pop(_ASKED, False)
    kept: tuple[object, Query] | None = st.session_state.get(_QUERY)
    if kept is not None:
        if kept[0] == key and not is_asked:
            return kept[1]
        kept[1].stop()
        kept[1].wait(_AT_ONCE_SECONDS)
    reader = st.session_state.setdefault(_READER, uuid4().hex)
    query = the_box().submit(sql, views, database, reader, ON_REQUEST if is_asked else FROM_LINK)
    st.session_state[_QUERY] = (key, query)
    return query


def _result(query: Query | None) -> None:
    if query is None:
        screen.caption(md("Choose an example or write a query, then press *Run*."))
    elif (outcome := query.wait(_AT_ONCE_SECONDS)) is None:
        _running(query)
    else:
        show_outcome(query, outcome)


@partial(fragment, run_every=0.5)
def _running(query: Query) -> None:
    """Say that the query is running, with a button to stop it; run the page again when it has ended."""
    if query.outcome is not None:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        screen.markdown(f"Running, for {query.limits.wall_seconds:g} seconds at most …")
        screen.button("Stop the query", key="sql_stop", icon=":material/stop:", on_click=query.stop)


def _examples() -> None:
    """Buttons that run the examples, by the reader they are for."""
    for reader in dict.fromkeys(one.reader for one in EXAMPLES):
        with st.container(key=f"sql_examples_{reader.split()[-1]}", gap="xxsmall"):
            screen.markdown(md("**{}**", reader))
            for example in EXAMPLES:
                if example.reader == reader:
                    screen.button(
                        example.question,
                        key=f"sql_example_{example.name}",
                        icon=":material/play_arrow:",
                        on_click=_ask,
                        args=(example.sql,),
                        type="tertiary",
                    )


def _browser(views: dict[str, View]) -> None:
    """A view to choose, what it holds, and its columns with their meaning."""
    name = state.url_select(_VIEW, {one: one for one in views}, f"One of {len(views)} views", _FIRST_VIEW)
    view = views[name]
    screen.markdown(view.description)
    screen.button(
        f"Show its first {_PREVIEW_ROWS} rows",
        key="sql_preview",
        icon=":material/table_rows:",
        on_click=_ask,
        args=(first_rows(name, _PREVIEW_ROWS),),
    )
    st.dataframe(
        [{"Column": column, "Meaning": meaning, "Type": kind} for column, kind, meaning in view.columns],
        hide_index=True,
        alt=f"Columns of the view {name} with their meaning and type",
        key="sql_columns",
        column_config={"Meaning": st.column_config.TextColumn(width="large")},
    )
