"""The result of a query on the page SQL: why there is none, or its rows as table, chart and files."""

from datetime import date

import pyarrow as pa
import streamlit as st

from charts.chart import Chart
from charts.query_bars import fits, query_bars
from domain.file_names import file_name
from domain.filter_values import NO_FILTER
from domain.text import plural
from exports.xlsx.sheets import MIME
from sql_box.box import Query
from sql_box.limits import FROM_LINK, ON_REQUEST
from sql_box.outcome import Outcome
from ui import screen, state
from ui.markup import Markdown, md
from ui.parts.chart_clicks import draw_chart
from views.sql_files import csv_bytes, workbook_bytes
from warehouse import query_cache

_TITLE = "Result of a query"
_HEIGHT_PX = 460
_ROW_HEIGHT_PX = 35


def show_outcome(query: Query, outcome: Outcome) -> None:
    """Draw the rows of a query that has ended, or why there are none."""
    if outcome.table is None:
        _problem(query, outcome)
        return
    screen.markdown(_summary(query, outcome.table, outcome.is_cut))
    if not outcome.table.num_rows:
        screen.info("The query gives no rows.", icon=":material/info:")
        return
    chart = _chart(outcome.table)
    if chart is not None and state.url_choice("show", {"table": "Table", "chart": "Chart"}, "Result as") == "chart":
        draw_chart(chart, "sql_result")
        screen.caption("The first column of numbers by the first column of texts; the table has every digit.")
    else:
        _table(outcome.table)
    _files(query.sql, outcome.table)


def _problem(query: Query, outcome: Outcome) -> None:
    draw = screen.warning if outcome.is_busy or outcome.is_stopped else screen.error
    draw(outcome.problem, icon=":material/hourglass_top:" if outcome.is_busy else ":material/block:")
    if outcome.place:
        st.code(outcome.place, language=None)
    if outcome.is_stopped and query.limits == FROM_LINK:
        screen.caption(
            md(
                "The query of a link is run for a short time only. *Run* gives it {:g} seconds.",
                ON_REQUEST.wall_seconds,
            )
        )


def _summary(query: Query, table: pa.Table, is_cut: bool) -> Markdown:
    rows = (
        f"The first {plural(table.num_rows, 'row')}; the query gives more" if is_cut else plural(table.num_rows, "row")
    )
    return md("**{}**, {}, {:.2f} seconds", rows, plural(table.num_columns, "column"), query.seconds)


def _table(table: pa.Table) -> None:
    st.dataframe(
        table,
        hide_index=True,
        alt=f"{_TITLE}: {plural(table.num_rows, 'row')}, columns {', '.join(table.column_names)}",
        key="sql_table",
        height=min(_HEIGHT_PX, _ROW_HEIGHT_PX * (table.num_rows + 1) + 3),
    )


def _chart(table: pa.Table) -> Chart | None:
    """Bars of the first column of numbers by the first column of texts; None where the rows do not fit."""
    label = next((one.name for one in table.schema if pa.types.is_string(one.type)), None)
    value = next((one.name for one in table.schema if _is_number(one.type)), None)
    if label is None or value is None:
        return None
    labels, values = table.column(label).to_pylist(), table.column(value).to_pylist()
    return query_bars(labels, values, label, value) if fits(labels, values) else None


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _files(sql: str, table: pa.Table) -> None:
    release = query_cache.release_line()
    with st.container(horizontal=True):
        screen.download_button(
            "CSV",
            lambda: csv_bytes(table),
            file_name(_TITLE, NO_FILTER, "csv", query_cache.release_name()),
            "text/csv",
            key="sql_csv",
            on_click="ignore",
            icon=":material/download:",
        )
        screen.download_button(
            "XLSX",
            lambda: workbook_bytes(table, sql, release, date.today()),
            file_name(_TITLE, NO_FILTER, "xlsx", query_cache.release_name()),
            MIME,
            key="sql_xlsx",
            on_click="ignore",
            icon=":material/download:",
            help="Workbook with the rows and, on a second sheet, the query and the release of the data",
        )
