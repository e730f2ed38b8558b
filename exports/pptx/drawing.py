"""Charts with one mark for each record as native shapes: the squares, ladders and lanes of the pages.

The places of the marks are those of the Plotly figure; text has the size of slides. Each shape is called as its record.
"""

import html
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise
from typing import Any

from charts.chart import Chart
from exports.pptx.deck import Stage
from exports.pptx.map_shapes import add_group, first_free_number, path, shape, text_shape
from exports.pptx.palette import SchemeColour, scheme_of
from exports.pptx.text import LINE_HEIGHT_EM, MIN_FONT_SIZE_PT, Box, Ruler, TextRun

MIN_MARK_PT = 4.0  # smaller ones cannot be told apart on a screen in a room
MIN_LABEL_PITCH_PT = 12.0  # from one label to the next: more than the height of its capitals
LINE_PT = MIN_FONT_SIZE_PT * LINE_HEIGHT_EM
LABEL_GAP = 10.0
MS_PER_DAY = 86_400_000
# Symbol of Plotly -> shape of Office, and the sign for it in a legend: filled and open.
_FORMS: Mapping[str, tuple[str, str, str]] = {
    "square": ("rect", "■", "□"),
    "circle": ("ellipse", "●", "○"),
    "diamond": ("diamond", "◆", "◇"),
    "star": ("star5", "★", "☆"),
}


@dataclass(frozen=True)
class _Scale:
    """From values of the axes to points of the slide; ``per_pixel`` is for sizes of marks."""

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    is_square: bool
    per_pixel: float

    def place(self, x: Any, y: Any) -> tuple[float, float]:
        """Point of the slide for values of both axes."""
        across, down = self.width / (self.x[1] - self.x[0]), self.height / (self.y[0] - self.y[1])
        if self.is_square:
            across = down = min(across, down)
        return self.left + (_number(x) - self.x[0]) * across, self.top + (_number(y) - self.y[1]) * down


def can_be_drawn(chart: Chart, box: Box, ruler: Ruler) -> bool:
    """Whether the chart has one mark for each record, and marks and labels are large enough in this box."""
    if chart.marks is None or any(_symbol(trace) not in _FORMS for trace in _dots(chart)):
        return False
    ids = [row[0] for trace in chart.figure["data"] for row in trace.get("customdata", []) if row[0]]
    if not ids or len(ids) != len(set(ids)):
        return False
    scale = _scale(chart.figure["layout"], box, ruler)
    sizes = [trace["marker"]["size"] * scale.per_pixel for trace in _dots(chart)]
    ticks = [scale.place(scale.x[0], value)[1] for value in _labels(chart.figure["layout"])]
    pitches = [after - before for before, after in pairwise(ticks)]
    return min(sizes) >= MIN_MARK_PT and min(pitches, default=LINE_PT) >= MIN_LABEL_PITCH_PT


def add_drawing(stage: Stage, chart: Chart) -> None:
    """Add the chart as one group with its alternative text in place of the picture, and its legend beside it."""
    stage.legend(_legend(chart), space=4)
    box, layout = stage.take("Picture", is_extended=True), chart.figure["layout"]
    scale, numbers = _scale(layout, box, stage.ruler), count(first_free_number(stage))
    own = next(numbers)
    parts = [*_lines(numbers, layout, scale, box), *_texts(numbers, layout, scale, box, stage.ruler)]
    for trace in chart.figure["data"]:
        parts += _bars(numbers, trace, scale) if trace["type"] == "bar" else _marks(numbers, trace, scale)
    add_group(stage, "Drawing", own, box, chart.alt, parts)


def _dots(chart: Chart) -> list[dict[str, Any]]:
    return [trace for trace in chart.figure["data"] if trace["type"] == "scatter"]


def _symbol(trace: Mapping[str, Any]) -> str:
    return str(trace.get("marker", {}).get("symbol", "")).split("-")[0]


def _scale(layout: Mapping[str, Any], box: Box, ruler: Ruler) -> _Scale:
    left = max((ruler.width(text, MIN_FONT_SIZE_PT, is_bold=True) for text in _labels(layout).values()), default=0)
    left += LABEL_GAP if left else 0
    above = LINE_PT if any(one.get("yref") == "paper" for one in layout.get("annotations", ())) else 0.0
    below = LINE_PT if _years(layout) else 0.0
    pixels = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    height = box.height - above - below
    first, last = (_number(value) for value in layout["xaxis"]["range"])
    bottom, top = (_number(value) for value in layout["yaxis"]["range"])
    width = box.width - left - 6
    is_square = "scaleanchor" in layout["yaxis"]
    per_pixel = height / pixels
    if is_square:
        per_pixel *= min(1, width / (last - first) / (height / (bottom - top)))
    return _Scale(
        box.left + left, box.top + above, width, height, (first, last), (bottom, top), is_square, min(per_pixel, 1.2)
    )


def _number(value: Any) -> float:
    """A value of an axis; of a date the day."""
    return date.fromisoformat(value).toordinal() if isinstance(value, str) else float(value)


def _labels(layout: Mapping[str, Any]) -> dict[float, str]:
    """Labels of the rows by their place on the axis."""
    axis = layout["yaxis"]
    if not axis.get("visible", True) or "ticktext" not in axis:
        return {}
    return {float(value): plain(text) for value, text in zip(axis["tickvals"], axis["ticktext"], strict=True)}


def _years(layout: Mapping[str, Any]) -> list[str]:
    axis = layout["xaxis"]
    return list(axis["tickvals"]) if axis.get("type") == "date" else []


def plain(text: str) -> str:
    """Text of a figure without its marks for Plotly."""
    return html.unescape(re.sub(r"<br>", " ", re.sub(r"</?b>", "", text))).replace("\u2060", "")


def _texts(numbers: Iterator[int], layout: Mapping[str, Any], scale: _Scale, box: Box, ruler: Ruler) -> Iterator[str]:
    """Labels of the rows, years under the lanes, and the notes in the figure."""
    for value, text in _labels(layout).items():
        middle = scale.place(scale.x[0], value)[1]
        at = Box(box.left, middle - LINE_PT / 2, scale.left - LABEL_GAP - box.left, LINE_PT)
        yield text_shape(numbers, text, at, "r")
    room = ruler.width("0000 ", MIN_FONT_SIZE_PT)
    places = [(year, *scale.place(year, scale.y[0])) for year in _years(layout)]
    apart = min((after[1] - before[1] for before, after in pairwise(places)), default=room)
    for year, x, y in places[:: math.ceil(room / apart)]:
        yield text_shape(numbers, year[:4], Box(x - room / 2, y, room, LINE_PT), "ctr")
    free = box.left + box.width  # of the line above the figure, from the right
    for note in sorted(layout.get("annotations", ()), key=lambda one: one.get("xanchor") != "right"):
        text, is_bold = plain(note["text"]), "<b>" in note["text"]
        width = ruler.width(text, MIN_FONT_SIZE_PT, is_bold=True)
        is_above = note.get("yref") == "paper"
        x, y = scale.place(note["x"], scale.y[1] if is_above else note["y"])
        x -= width if note["xanchor"] == "right" else 0
        if is_above:
            y -= LINE_PT / 2
            x = min(x, free - width)
            free = x - LABEL_GAP
        yield text_shape(numbers, text, Box(max(x, box.left), y - LINE_PT / 2, width, LINE_PT), "l", is_bold=is_bold)


def _lines(numbers: Iterator[int], layout: Mapping[str, Any], scale: _Scale, box: Box) -> Iterator[str]:
    """Lines between the rows, and those down the figure."""
    for line in layout.get("shapes", ()):
        if line.get("xref") == "paper":
            y = scale.place(scale.x[0], line["y0"])[1]
            ends = [(box.left, y), (box.left + box.width, y)]
        else:
            x = scale.place(line["x0"], scale.y[0])[0]
            ends = [(x, scale.top), (x, scale.top + scale.height)]
        dash = "sysDot" if line["line"].get("dash") == "dot" else "solid"
        yield path(numbers, "Line", [ends], fill=None, line=scheme_of(line["line"]["color"]), width=0.75, dash=dash)


def _marks(numbers: Iterator[int], trace: Mapping[str, Any], scale: _Scale) -> Iterator[str]:
    marker = trace["marker"]
    form, is_open = _FORMS[_symbol(trace)][0], "-open" in marker["symbol"]
    colour, size = scheme_of(marker["color"]), marker["size"] * scale.per_pixel
    names = trace.get("hovertext") or trace.get("text") or [trace["name"]] * len(trace["x"])
    for x, y, name in zip(trace["x"], trace["y"], names, strict=False):
        if x is None:
            continue
        across, down = scale.place(x, y)
        yield _mark(numbers, f"{plain(name)}: {trace['name']}", across, down, size, form, colour, is_open)
        if marker["symbol"].endswith("-dot"):
            yield _mark(numbers, "Dot", across, down, size / 4, "ellipse", colour, False)


def _mark(
    numbers: Iterator[int], name: str, x: float, y: float, size: float, form: str, colour: SchemeColour, is_open: bool
) -> str:
    box = Box(x - size / 2, y - size / 2, size, size)
    return shape(numbers, name, box, _preset(form), None if is_open else colour, colour, 1.5 if is_open else 0.5)


def _bars(numbers: Iterator[int], trace: Mapping[str, Any], scale: _Scale) -> Iterator[str]:
    """Bars from a day over a number of milliseconds."""
    colour, fill = scheme_of(trace["marker"]["line"]["color"]), scheme_of(trace["marker"]["color"])
    height = trace["width"] * scale.per_pixel
    for base, length, y, name in zip(trace["base"], trace["x"], trace["y"], trace["hovertext"], strict=True):
        start, middle = scale.place(base, y)
        end = scale.place(_number(base) + length / MS_PER_DAY, y)[0]
        box = Box(start, middle - height / 2, max(end - start, 1.5), height)
        yield shape(numbers, f"{plain(name)}: {trace['name']}", box, _preset("rect"), fill, colour, 1)


def _preset(form: str) -> str:
    return f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>'


def _legend(chart: Chart) -> list[list[TextRun]]:
    """A line for each kind of mark, its sign in its colour."""
    lines = []
    for trace in _dots(chart):
        symbol = trace["marker"]["symbol"]
        sign = "⊡" if symbol.endswith("-dot") else _FORMS[_symbol(trace)][2 if "-open" in symbol else 1]
        number = sum(bool(row[0]) for one in chart.figure["data"] if one["name"] == trace["name"] for row in _ids(one))
        label = f"{trace['name']}: {number}" if number else trace["name"]
        lines.append([TextRun(f"{sign}  ", colour=scheme_of(trace["marker"]["color"])), TextRun(label)])
    return lines


def _ids(trace: Mapping[str, Any]) -> list[list[Any]]:
    return list(trace.get("customdata", []))
