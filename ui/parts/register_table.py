"""The table of a register as the screen shows it: dates that sort, no columns that say the same in every row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from cards import tables
from domain.record_types import RECORD_TYPES
from domain.records import PERIOD, Register
from domain.search_text import words
from domain.text import sortable_period
from domain.urls import is_web_address
from domain.vocabulary import UNDATED
from ui.parts.number_columns import thousands

TO_SORT = "{}, to sort"  # heading of the column beside a stated date
DAY_FORMAT = "D MMM YYYY"
MIN_ROWS_TO_COMPARE = 2
# Width of a column in pixels: that of its longest text. Where one would be wider than the maximum, texts run on into
# further lines; Streamlit breaks lines in rows of more than 64 pixels only.
_CHAR_PX, _MARGIN_PX, _MIN_PX, _MAX_PX, _BROKEN_PX = 6.7, 20, 70, 480, 320
ONE_LINE_PX, THREE_LINES_PX = 35, 66  # heights of a row


@dataclass(frozen=True)
class ScreenTable:
    """Rows for the screen, the configuration of their columns, and what is left out because every row says it.

    ``same`` has heading and text of the columns left out, '' where no row has a value. ``name`` is the heading of the
    column with the names, which open the records. ``row_height_px`` has room for further lines of a text.
    """

    rows: pd.DataFrame
    config: Mapping[str, Any]
    same: tuple[tuple[str, str], ...]
    name: str
    row_height_px: int

    def describe_same(self) -> str:
        """'The same in every row: Side: USA; Kind: Hub. Not stated in any row: Place.'; '' when nothing is left out."""
        said = [f"{heading}: {text}" for heading, text in self.same if text]
        blank = [heading for heading, text in self.same if not text]
        parts = [f"The same in every row: {'; '.join(said)}."] if said else []
        parts += [f"Not stated in any row: {', '.join(blank)}."] if blank else []
        return " ".join(parts)


@dataclass(frozen=True)
class RegisterRows:
    """The records of a register, at least one: as they are, as ``cards.tables.readable``, and for the screen.

    Kept for all readers by ``run_kept`` where a page draws the register unfolded.
    """

    frame: pd.DataFrame
    readable: pd.DataFrame
    screen: ScreenTable


def register_rows(register: Register, frame: pd.DataFrame) -> RegisterRows:
    """The records of ``frame`` in the columns of the register."""
    readable = tables.readable(frame, register.columns, register.table)
    return RegisterRows(frame, readable, screen_table(frame, register.columns, register.table))


def screen_table(frame: pd.DataFrame, columns: Mapping[str, str], table: str) -> ScreenTable:
    """The rows of a register for the screen; a value that is not stated is a blank cell.

    ``columns`` maps columns of ``frame`` to headings, the name first; ``table`` is the table of the records.
    """
    shown = _with_values(columns, frame, table)
    # A rank may stand before the name.
    name = next(heading for column, heading in shown.items() if not _is_number(frame, column))
    readable = _with_blanks(tables.readable(frame, shown, table, missing=""))
    same = _same(readable, name)
    rows: dict[str, Any] = {}
    config: dict[str, Any] = {}
    for column, heading in shown.items():
        if heading in dict(same):
            continue
        if column == "url":
            rows[heading] = frame[column].where(frame[column].map(is_web_address), None).to_numpy()
            config[heading] = st.column_config.LinkColumn(display_text="Open", width="small")
        elif _is_day(frame, column):
            rows[heading] = frame[column].dt.date.to_numpy()
            config[heading] = st.column_config.DateColumn(format=DAY_FORMAT)
        else:
            rows[heading] = _numbers(frame, column, readable[heading])
            if (keys := _sort_keys(frame, column)) is not None:
                rows[TO_SORT.format(heading)] = keys
    made = pd.DataFrame(rows)
    texts = {
        heading: [f"{heading}__", *map(str, cells)]
        for heading, cells in rows.items()
        if heading not in config and not pd.api.types.is_numeric_dtype(made[heading])
    }
    texts_config, row_height_px = text_columns(texts, name)
    config |= texts_config
    return ScreenTable(made, {**thousands(made, shown), **config}, same, name, row_height_px)


def text_columns(texts: Mapping[str, list[str]], name: str, max_px: int = _MAX_PX) -> tuple[dict[str, Any], int]:
    """Configuration of columns of text, wide enough for theirs, and the height of a row in pixels.

    ``texts`` has the texts of each column, its heading among them; ``name`` is the column that stays in view. Texts
    wider than ``max_px`` take further lines.
    """
    is_broken = any(_width_px(max(map(len, cells))) > max_px for cells in texts.values())
    config: dict[str, Any] = {}
    for heading, cells in texts.items():
        width_px = _broken_width_px(cells) if is_broken else _width_px(max(map(len, cells)))
        config[heading] = st.column_config.TextColumn(width=width_px, pinned=heading == name)
    return config, THREE_LINES_PX if is_broken else ONE_LINE_PX


def _with_blanks(readable: pd.DataFrame) -> pd.DataFrame:
    """The texts as the screen shows them: what is not stated is blank."""
    return readable.replace({tables.NOT_STATED: "", UNDATED: ""})


def _width_px(chars: int) -> int:
    """Width of a column that shows so many characters in one line."""
    return max(_MIN_PX, round(chars * _CHAR_PX) + _MARGIN_PX)


def _broken_width_px(cells: list[str]) -> int:
    """Width of a column that shows nine of ten texts in one line, every word whole, and the longest in three lines."""
    lengths = sorted(map(len, cells))
    usual, third = lengths[int(len(lengths) * 0.9)], round(lengths[-1] / 2.5)
    word = max((len(word) + 3 for cell in cells for word in cell.split()), default=0)
    return min(_BROKEN_PX, max(map(_width_px, (len(cells[0]), usual, third, word))))


def rows_with(frame: pd.DataFrame, text: str) -> pd.Series:
    """Which rows have every word of a text, or a word that holds it; case and accents make no difference.

    A cell that the screen shows blank has no word.
    """
    asked = words(text)
    shown = _with_blanks(frame) if asked else frame
    texts = [" ".join(words(" ".join(map(str, row)))) for row in shown.itertuples(index=False)] if asked else []
    return pd.Series([all(word in one for word in asked) for one in texts] if asked else True, index=frame.index)


def _with_values(columns: Mapping[str, str], frame: pd.DataFrame, table: str) -> dict[str, str]:
    """The columns without those that are optional and blank in every row."""
    optional = RECORD_TYPES[table].optional
    return {
        column: heading
        for column, heading in columns.items()
        if column not in optional or not frame[column].map(tables.is_blank).all()
    }


def _same(readable: pd.DataFrame, name: str) -> tuple[tuple[str, str], ...]:
    """Heading and text of the columns, beside the name, that have one value in all rows."""
    if len(readable) < MIN_ROWS_TO_COMPARE:
        return ()
    return tuple(
        (heading, str(readable[heading].iloc[0]))
        for heading in readable.columns
        if heading != name and readable[heading].astype(str).nunique() == 1
    )


def _is_day(frame: pd.DataFrame, column: str) -> bool:
    """Whether a column holds days, without another column that says how precisely they are known."""
    return (
        column in frame
        and pd.api.types.is_datetime64_any_dtype(frame[column])
        and tables.precision_column(column) not in frame.columns
    )


def _sort_keys(frame: pd.DataFrame, column: str) -> list[str] | None:
    """Text by which a column of stated dates sorts in the order of time; None for any other column."""
    if column == PERIOD:
        periods = frame[["start_on", "end_on", "date_precision"]].itertuples(index=False)
        return [sortable_period(*row) for row in periods]
    if (precision := tables.precision_column(column)) in frame.columns:
        return [sortable_period(day, day, known) for day, known in frame[[column, precision]].itertuples(index=False)]
    if tables.is_as_of(column):
        return ["" if pd.isna(stated) else str(stated) for stated in frame[column]]
    return None


def _is_number(frame: pd.DataFrame, column: str) -> bool:
    return column in frame and pd.api.types.is_numeric_dtype(frame[column]) and frame[column].dtype != bool


def _numbers(frame: pd.DataFrame, column: str, cells: pd.Series) -> pd.Series:
    """Numbers that may be missing, so that they sort as numbers; any other column as it is, with reasons for blanks."""
    if not _is_number(frame, column) or (cells[frame[column].isna().to_numpy()] != "").any():
        return cells
    values = frame[column].reset_index(drop=True)
    return values.astype("Int64") if (values.dropna() % 1 == 0).all() else values
