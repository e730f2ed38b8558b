"""The page Explorer: a register, its facets, the chosen records counted and listed, and their files."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from cards.card import Card
from cards.sources import brief_source_line
from domain.file_names import file_name
from domain.filters import Filters
from domain.text import plural
from explorer.card import chart_notes, counts_card
from explorer.facets import YEAR
from explorer.layout import SHOW
from explorer.tables import CountTable, RecordTable
from explorer.view import Exploration
from exports.exploration import ExplorerFile, explorer_workbook, shown_csv
from exports.xlsx.sheets import MIME
from ui import screen, state
from ui.explorer import address
from ui.explorer.controls import chosen_chips, column_controls, counting_controls, empty_result, register_box
from ui.explorer.facets import draw_facets
from ui.faults import fragment
from ui.markup import md
from ui.parts.chart_clicks import draw_chart
from ui.parts.citations import source_popover
from ui.parts.export_menu import export_menu
from ui.parts.folded import folded
from ui.parts.number_columns import thousands
from ui.parts.record_rows import record_rows
from ui.parts.register_table import ONE_LINE_PX, THREE_LINES_PX, text_columns
from warehouse import query_cache

MAX_COUNT_ROWS, MAX_RECORD_ROWS = 15, 15  # that a table shows at once
NOT_RECORDED = "not_recorded"
MAX_LABEL_PX, CHAR_PX = 270, 7  # of the first column of counts, which leaves a phone room for a number
_FACETS_KEY = "explorer_facets"


def explorer_page(filters: Filters) -> None:
    """Draw the page."""
    exploration = address.read(filters)
    for note in exploration.notes:
        screen.warning(note, icon=":material/link_off:")
    with st.container(horizontal=True, vertical_alignment="bottom", key="explorer_head"):
        register_box(exploration.selection)
        with st.container(width="stretch", key="explorer_words", gap=None):
            screen.header(exploration.words, anchor=False)
    chosen_chips(exploration)
    if exploration.not_applied:
        screen.caption(md(":material/info: {}", exploration.not_applied))
    with st.container(key="explorer_columns_of_page"):
        _phone_switch(len(exploration.selection.active()))
        left, right = st.columns([0.24, 0.76], gap="medium")
        with left, st.container(key=_FACETS_KEY, gap="xsmall"):
            draw_facets(exploration)
        with right:
            if exploration.number:
                _result(exploration)
            else:
                empty_result(exploration)
            _possible(exploration, filters)


@fragment
def _phone_switch(number: int) -> None:
    """Draw the button that opens the facets on a phone; the style sheet shows it there alone, and them if it is on."""
    with st.container(key="explorer_switch"):
        screen.checkbox(f"Facets ({number})" if number else "Facets", key="explorer_facets_open")


def _result(exploration: Exploration) -> None:
    """Draw the counts and the records, each with its file, then the workbook of both."""
    counted, records = exploration.counted(), exploration.records()
    card = counts_card(exploration, counted)
    with st.container(border=True, key="card_explorer"):
        screen.header(card.title, anchor=False)
        counting_controls(exploration)
        _counts(exploration, card, counted)
        with st.container(horizontal=True, gap="small"):
            _csv_button(card.title, exploration, _shown_counts(card), "explorer_counts")
            export_menu(card.key, lambda: card)
    with st.container(border=True, key="explorer_records"):
        _records(exploration, records)
        screen.caption(brief_source_line(exploration.evidence))
        with st.container(key="actions_explorer", horizontal=True, gap="small"):
            source_popover("explorer_records", (exploration.evidence,), card.method)
            _csv_button(exploration.selection.register.label, exploration, records.cells, "explorer_records")
            _workbook_button(exploration, card, counted, records)


def _shown_counts(card: Card) -> pd.DataFrame:
    """The rows of the card under their headings."""
    return card.rows.set_axis(list(card.columns.values()), axis="columns")


def _counts(exploration: Exploration, card: Card, counted: CountTable) -> None:
    """Draw the counts as a chart or as a table, a cross table first as a table."""
    shown = "table"
    if card.chart is not None:
        views, first = {"chart": "Chart", "table": "Table"}, "table" if counted.across else "chart"
        shown = state.url_choice(SHOW, views, "View of the counts", default=first, is_labelled=False)
    notes = list(counted.notes)
    if shown == "chart" and card.chart is not None:
        draw_chart(card.chart, card.key, _chooser(exploration))
        notes = [*chart_notes(exploration, counted), *notes]
    else:
        _count_table(card, _shown_counts(card))
    for note in notes:
        screen.caption(note)


def _chooser(exploration: Exploration) -> Callable[[Sequence[Any]], None] | None:
    """What a click on a bar does: it chooses the entry of the bar; None for columns by year, which have no entry."""
    selection, facet = exploration.selection, exploration.layout.by_facet
    if facet is YEAR:
        return None
    return lambda data: address.choose(selection, facet, (*selection.chosen(facet), data[0]))


def _count_table(card: Card, shown: pd.DataFrame) -> None:
    """Draw the counts as a table; its first row is all records."""
    first, *others = shown.columns
    longest = max(map(len, [str(first), *map(str, shown[first])]))
    width_px = min(MAX_LABEL_PX, CHAR_PX * longest + 20)
    row_height_px = ONE_LINE_PX if width_px < MAX_LABEL_PX else THREE_LINES_PX
    config: dict[str, Any] = {first: st.column_config.TextColumn(width=width_px, pinned=True)}
    config |= {heading: st.column_config.NumberColumn(format="%,d") for heading in others}
    st.dataframe(
        shown,
        column_config=config,
        hide_index=True,
        width="content",
        key="explorer_count_table",
        height=_height_px(len(shown), MAX_COUNT_ROWS, row_height_px),
        row_height=row_height_px,
        alt=f"Table: {card.title}, {plural(len(shown), 'row')}. The first row is all records.",
    )


def _records(exploration: Exploration, records: RecordTable) -> None:
    """Draw the chosen records."""
    register = exploration.selection.register
    rows = len(records.cells)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        screen.header(f"Records ({rows:,})", anchor=False)
        column_controls(exploration)
    _rows(exploration, records.frame, records.cells, "explorer_rows", register.label)
    said = "Click a name to open its profile and sources."
    if rows > exploration.number:
        said += f" {plural(rows, 'row')}, as a renewal has a row of its own; counts take it with its agreement."
    screen.caption(said)


def _rows(exploration: Exploration, frame: pd.DataFrame, cells: pd.DataFrame, key: str, title: str) -> None:
    record_type = exploration.selection.register.population.record_type
    first = str(cells.columns[0])
    texts = {
        heading: [str(heading), *map(str, cells[heading])]
        for heading in cells.columns
        if not pd.api.types.is_numeric_dtype(cells[heading])
    }
    name = next((heading for heading in texts), first)
    texts_config, row_height_px = text_columns(texts, name)
    headings = {field: heading for field, heading in exploration.columns.items() if heading in cells}
    config = {**thousands(cells, headings), **texts_config}
    record_rows(
        cells,
        frame[record_type.key].tolist(),
        table=record_type.table,
        key=key,
        name=name,
        config=config,
        height_px=_height_px(len(cells), MAX_RECORD_ROWS, row_height_px),
        row_height_px=row_height_px,
        title=title,
    )


def _height_px(rows: int, max_rows: int, row_height_px: int) -> int:
    """Height of a table with its header, at most that of ``max_rows`` rows of one line."""
    return min(ONE_LINE_PX * (max_rows + 1), row_height_px * rows + ONE_LINE_PX) + 3


def _possible(exploration: Exploration, filters: Filters) -> None:
    """Draw a panel with the records that might match; nothing when there are none or they are switched off."""
    said = exploration.might_match()
    if not said or not filters.show_possible:
        return

    def draw() -> None:
        frame = exploration.possible()
        columns = {name: exploration.columns[name] for name in exploration.layout.columns}
        cells = exploration.readable(frame, columns)
        cells.insert(1, "Not recorded", [", ".join(labels) for labels in frame[NOT_RECORDED]])
        _rows(exploration, frame, cells, "explorer_possible_rows", "Records that might match")
        screen.caption("They are in no count and in no file: what the choice asks for is not recorded of them.")

    folded(said, draw, key="explorer_possible", icon=":material/help:")


def _csv_button(title: str, exploration: Exploration, shown: pd.DataFrame, key: str) -> None:
    screen.download_button(
        "CSV",
        lambda: shown_csv(shown),
        file_name(title, exploration.choice, "csv", query_cache.release_name()),
        "text/csv",
        key=f"{key}_csv",
        on_click="ignore",
        icon=":material/download:",
        help="This table as it is shown",
    )


def _workbook_button(exploration: Exploration, card: Card, counted: CountTable, records: RecordTable) -> None:
    file = ExplorerFile(card, counted.notes, records, state.current_page(), state.page_choices())
    label = exploration.selection.register.label
    screen.download_button(
        "Excel workbook",
        query_cache.bound(lambda: explorer_workbook(file, date.today())),
        file_name(label, exploration.choice, "xlsx", query_cache.release_name()),
        MIME,
        key="explorer_xlsx",
        on_click="ignore",
        icon=":material/table_view:",
        help="Records and counts as they are shown, with the choice, the meaning of the columns, sources and citation",
    )
