"""HTML of the legend of a map: a mark and a label for each row."""

from collections.abc import Iterable, Mapping
from html import escape

SHAPES = {
    "circle": "width:11px;height:11px;border-radius:50%",
    "square": "width:13px;height:13px;border-radius:2px;border:1px solid #56616B;vertical-align:-2px",
}
MIN_LINE_WIDTH_PX = 1.5


def map_legend_html(rows: Iterable[Mapping[str, str]]) -> str:
    """HTML of the legend.

    Each row has label, colour ('#RRGGBB'), shape ('circle', 'line' or 'square', the default) and, for a line, width in
    pixels.
    """
    return "".join(_mark(row) for row in rows)


def _mark(row: Mapping[str, str]) -> str:
    mark = f'<span style="display:inline-block;background:{row["colour"]};{_form(row)}"></span>'
    return f'<span style="white-space:nowrap;margin-right:1rem">{mark} {escape(row["label"])}</span>'


def _form(row: Mapping[str, str]) -> str:
    if row.get("shape") == "line":
        return f"width:26px;height:{max(float(row['width']), MIN_LINE_WIDTH_PX)}px;vertical-align:middle"
    return SHAPES[row.get("shape", "square")]
