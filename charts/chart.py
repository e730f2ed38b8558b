"""What every chart module shares: the result type, input checks and the figure frame."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap
from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.theme import template

# For st.plotly_chart(chart.figure, config=..., theme=None). The picture is made in the browser.
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


CHAR_WIDTH_PX = 7.0  # pixels one character takes at 13 pixels
MAX_LABEL_CHARS = 24  # characters of a row label before it takes another line
LINE_HEIGHT_PX = 17  # pixels of one line at 13 pixels


@dataclass(frozen=True, kw_only=True)
class Series:
    """One row of numbers: None is not stated. `number_format` is that of a spreadsheet, for the number at each bar.

    `colours` are those of the single bars where they differ, `words` what stands at each bar instead
    of its number; both are empty or as long as `values`. `pattern` is a plotly name.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    number_format: str = "#,##0"
    colours: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, kw_only=True)
class ChartData:
    """The numbers of a chart, for files whose reader draws them anew: bars from 0 to `largest` (default: the largest)."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    is_stacked: bool = False
    axis_max: float | None = None


@dataclass(frozen=True)
class Chart:
    """A plotly figure as a plain dict (`data`, `layout`) and the words that replace it.

    `alt` states the finding and the values a reader cannot see; it is never empty. `data` are the
    numbers as bars; None where bars cannot tell them, as on a timeline.
    """

    figure: dict[str, Any]
    alt: str
    data: ChartData | None = None

    @property
    def height(self) -> int:
        """Height of the figure in pixels."""
        return int(self.figure["layout"]["height"])


def require(frame: pd.DataFrame, *columns: str) -> None:
    """Raise ValueError when the frame is empty or lacks a column: pages handle empty views before."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(f"the frame has no column {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}")
    if frame.empty:
        raise ValueError("nothing to draw: the frame has no rows. Show the empty state instead")


def require_unique(frame: pd.DataFrame, column: str) -> None:
    """Raise ValueError when two rows would share one position on an axis."""
    doubled = frame.loc[frame[column].duplicated(), column]
    if not doubled.empty:
        raise ValueError(f"{column} holds {doubled.iloc[0]!r} more than once; every row needs its own label")


def figure(data: list[dict], height: int, **layout: Any) -> dict[str, Any]:
    """A figure dict on our template, `height` in pixels."""
    return {"data": data, "layout": {"template": template(), "height": height, **layout}}


def wrapped(text: str, width: int) -> str:
    """Break a label into lines of at most `width` characters (plotly breaks at <br>)."""
    return "<br>".join(wrap(text, width, break_long_words=False, break_on_hyphens=False)) or text


def label_margin(labels: list[str], standoff: int = 6) -> int:
    """Left margin in pixels for these row labels: their longest line, and its distance from the axis."""
    lines = [line for label in labels for line in wrapped(label, MAX_LABEL_CHARS).split("<br>")]
    return round(max(map(_line_width, lines))) + standoff + 8


def _line_width(line: str) -> float:
    """Pixels of a line at 13 pixels in the widest of the system fonts; capitals, m and w are broad."""
    return sum(CHAR_WIDTH_PX + (2.6 if letter.isupper() or letter in "mw" else 0.2) for letter in line)


def label_axis(labels: list[str]) -> dict[str, Any]:
    """Category axis that lists the labels from top to bottom, long ones on several lines."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": labels,
        "autorange": "reversed",
        "tickmode": "array",
        "tickvals": labels,
        "ticktext": [wrapped(label, MAX_LABEL_CHARS) for label in labels],
        "showgrid": False,
        "fixedrange": True,
        "ticklabelstandoff": 6,
    }


def numbers(column: pd.Series) -> tuple[float | None, ...]:
    """Plain numbers of a column, whole ones as int, missing ones as None."""
    return tuple(
        None if pd.isna(value) else int(value) if float(value).is_integer() else float(value) for value in column
    )


def row_height(labels: list[str], least: int) -> int:
    """Pixels a row needs, so that the longest label does not run into its neighbours."""
    lines = max(wrapped(label, MAX_LABEL_CHARS).count("<br>") + 1 for label in labels)
    return max(least, LINE_HEIGHT_PX * lines + 8)


def text_margin_px(texts: Iterable[str]) -> int:
    """Margin in pixels that holds the longest text beside a mark, on a phone as on a wide screen."""
    return round(16 + CHAR_WIDTH_PX * max(map(len, texts)))


def row_text(frame: pd.DataFrame, label: str, values: list[str], most: int = 12) -> str:
    """'Germany 40, France 30 and 5 more' for alt texts."""
    parts = [f"{name} {value}" for name, value in zip(frame[label], values, strict=True)]
    rest = len(parts) - most
    return "; ".join(parts[:most]) + (f"; and {rest} more" if rest > 0 else "")
