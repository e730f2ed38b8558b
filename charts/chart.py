"""What all chart modules share: the result types, input checks, sizes, and the parts of a figure used twice."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from textwrap import wrap
from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.theme import GRID, INK, template
from domain.text_width import text_width

# For st.plotly_chart(chart.figure, config=..., theme=None). The browser renders the downloaded picture itself.
PLOTLY_CONFIG = MappingProxyType(
    {
        "displaylogo": False,
        "responsive": True,
        "scrollZoom": False,
        "displayModeBar": "hover",
        "modeBarButtons": [["toImage"]],
    }
)
IMAGE_FORMATS = ("png", "svg")

TEXT_PX = 13  # font size of labels
SCREEN_FACTOR = 1.06  # how much wider than measured the system fonts of a screen may be
LINE_HEIGHT_PX = 17  # of one line at 13 pixels
MAX_LABEL_CHARS = 24  # on one line of a row label
NARROW_PX = 600  # of the container of a chart
# A clicked mark stays as it is, and the others do too.
NOT_DIMMED = MappingProxyType({"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}})


@dataclass(frozen=True, kw_only=True)
class Series:
    """One row of numbers, None where a value is not stated.

    `number_format` is a spreadsheet format for the number at each bar. `texts` replace these numbers and `colours` are
    those of single bars; both are empty or as long as `values`. `symbols`, plotly names by
    value, are set where the page draws one mark for each record; empty for bars.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    number_format: str = "#,##0"
    colours: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChartData:
    """The numbers of a chart as bars, for files and for the workshop mode, which draw it in their own way.

    `axis_max` is the end of the axis, which starts at 0; None for the largest bar or stack.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    is_stacked: bool = False
    axis_max: float | None = None

    @property
    def axis_end(self) -> float:
        """Where the axis ends: ``axis_max``, else the largest bar or stack, and 1 where all bars are 0."""
        if self.axis_max is not None:
            return self.axis_max
        rows = ([value or 0 for value in row] for row in zip(*(one.values for one in self.series), strict=True))
        return max(sum(row) if self.is_stacked else max(row) for row in rows) or 1

    def part(self, start: int, end: int) -> "ChartData":
        """The categories from ``start`` to before ``end`` with their numbers."""
        series = tuple(
            replace(
                one,
                values=one.values[start:end],
                colours=one.colours[start:end],
                texts=one.texts[start:end],
                symbols=one.symbols[start:end],
            )
            for one in self.series
        )
        return replace(self, categories=self.categories[start:end], series=series)


@dataclass(frozen=True)
class Marks:
    """The records behind the marks of a chart.

    The first value of the customdata of a mark is the id of a record of `table`; `names` are the names by id, in the
    order of a list.
    """

    table: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Chart:
    """A plotly figure as a plain dict (`data`, `layout`) with its text alternative.

    `alt` states the finding and all values; it is never empty. `data` are the same numbers as bars, None for a
    chart that bars cannot replace, such as a timeline. A click on a mark opens its record where there are `marks`, or
    sets the filters of the names in `narrows` to the values of its customdata, '' for none. `narrow` is another figure
    for a window of less than NARROW_PX pixels.
    """

    figure: dict[str, Any]
    alt: str
    data: ChartData | None = None
    marks: Marks | None = None
    narrows: tuple[str, ...] = ()
    narrow: dict[str, Any] | None = None

    @property
    def height(self) -> int:
        """Height of the figure in pixels."""
        return int(self.figure["layout"]["height"])


def require(frame: pd.DataFrame, *columns: str) -> None:
    """Raise ValueError when the frame lacks a column or has no rows: pages handle empty views before."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(f"the frame has no column {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}")
    if frame.empty:
        raise ValueError("nothing to draw: the frame has no rows. Show the empty state instead")


def require_unique(frame: pd.DataFrame, column: str) -> None:
    """Raise ValueError when two rows would have the same position on an axis."""
    doubled = frame.loc[frame[column].duplicated(), column]
    if not doubled.empty:
        raise ValueError(f"{column} holds {doubled.iloc[0]!r} more than once; every row needs its own label")


def figure(data: list[dict[str, Any]], height: int, **layout: Any) -> dict[str, Any]:
    """A figure dict with the template of the project, `height` in pixels."""
    return {"data": data, "layout": {"template": template(), "height": height, **layout}}


def top_legend() -> dict[str, Any]:
    """Layout of a horizontal legend at the top of the figure, which does not hide series when clicked."""
    return horizontal_legend() | {
        "xref": "container",
        "yref": "container",
        "yanchor": "top",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def horizontal_legend() -> dict[str, Any]:
    """What all horizontal legends have in common."""
    return {"orientation": "h", "x": 0, "y": 1, "traceorder": "normal"}


def line_across(y: float) -> dict[str, Any]:
    """A thin line at height y over the whole width, below the marks: a shape of the layout."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": y,
        "y1": y,
        "layer": "below",
        "line": {"color": GRID, "width": 1},
    }


def inert(text: str) -> str:
    """The text as plotly shows it letter by letter: it would draw <b> and links, and fill in %{x} of a hover text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("%{", "%\u2060{")


def wrapped(text: str, max_chars: int) -> str:
    """The text in lines of at most `max_chars` characters (plotly breaks at <br>); longer words stay whole."""
    return "<br>".join(wrap(text, max_chars, break_long_words=False, break_on_hyphens=False)) or text


def label_margin(labels: list[str], standoff: int = 6, max_chars: int = MAX_LABEL_CHARS) -> int:
    """Left margin in pixels for row labels: their longest line, and its distance from the axis."""
    return round(widest_px(wrapped(label, max_chars) for label in labels)) + standoff + 8


def text_px(text: str, size_px: float = TEXT_PX, *, is_bold: bool = False) -> float:
    """Width of a line of text in pixels, in the widest of the fonts that a screen may have."""
    return text_width(text, size_px * SCREEN_FACTOR, is_bold=is_bold)


def widest_px(labels: Iterable[str], size_px: float = TEXT_PX) -> float:
    """Width in pixels of the widest line of these labels, whose lines end with <br> and whose bold parts have <b>."""
    lines = (line for label in labels for line in label.split("<br>"))
    return max((text_px(re.sub("</?b>", "", line), size_px, is_bold="<b>" in line) for line in lines), default=0.0)


def heading_axis(headings: list[str], size_px: int, *, pad: float) -> dict[str, Any]:
    """Axis of the columns of a matrix, its headings above it; ``pad`` is the room outside the first and last column."""
    return {
        "side": "top",
        "tickmode": "array",
        "tickvals": list(range(len(headings))),
        "ticktext": headings,
        "tickangle": 0,
        "range": [-pad, len(headings) - 1 + pad],
        "fixedrange": True,
        "gridcolor": GRID,
        "tickfont": {"size": size_px, "color": INK},
    }


def label_axis(labels: list[str], max_chars: int = MAX_LABEL_CHARS) -> dict[str, Any]:
    """Category axis that lists the labels from top to bottom, long ones on several lines."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": labels,
        "range": [len(labels) - 0.5, -0.5],  # all rows, the first at the top
        "tickmode": "array",
        "tickvals": labels,
        "ticktext": [wrapped(label, max_chars) for label in labels],
        "showgrid": False,
        "fixedrange": True,
        "ticklabelstandoff": 6,
    }


def numbers(column: "pd.Series[Any]") -> tuple[float | None, ...]:
    """Plain numbers of a column: whole ones as int, missing ones as None."""
    return tuple(
        None if pd.isna(value) else int(value) if float(value).is_integer() else float(value) for value in column
    )


def row_height(labels: list[str], min_height: int, max_chars: int = MAX_LABEL_CHARS) -> int:
    """Pixels per row, enough for the longest label not to overlap its neighbours."""
    lines = max(wrapped(label, max_chars).count("<br>") + 1 for label in labels)
    return max(min_height, LINE_HEIGHT_PX * lines + 8)


def text_margin_px(texts: Iterable[str]) -> int:
    """Margin in pixels that holds the longest text beside a mark."""
    return round(16 + widest_px(texts))


def row_text(frame: pd.DataFrame, label: str, values: list[str], max_rows: int = 12) -> str:
    """'Germany 40; France 30; and 5 more' for alt texts."""
    parts = [f"{name} {value}" for name, value in zip(frame[label], values, strict=True)]
    rest = len(parts) - max_rows
    return "; ".join(parts[:max_rows]) + (f"; and {rest} more" if rest > 0 else "")
