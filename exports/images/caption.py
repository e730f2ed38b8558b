"""The caption of an image: title and subtitle above the chart; source, filters and release below it."""

import math
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from typing import Any

from charts.chart import LINE_HEIGHT_PX, SCREEN_FACTOR, Chart
from charts.theme import INK, MUTED_INK
from domain.text_width import wrap_text

WIDTH_PX = 1200  # of the layout; a PNG has twice as many pixels
MARGIN_PX = 24  # on every side
TITLE_SIZE_PX = 22
TEXT_SIZE_PX = 13


@dataclass(frozen=True)
class ImageCaption:
    """Texts printed around the chart of an image, as plain text: markup in them is escaped."""

    title: str
    subtitle: str
    source_line: str
    filter_label: str
    release_line: str


def footer_text(caption: ImageCaption) -> str:
    """Source, filters and release in one line."""
    return f"{caption.source_line} · Filter: {caption.filter_label} · {caption.release_line}"


def captioned_figure(chart: Chart, caption: ImageCaption, width_px: int = WIDTH_PX) -> dict[str, Any]:
    """The figure with larger margins: title and subtitle above the chart; source, filters and release below."""
    figure = deepcopy(chart.figure)
    layout = figure["layout"]
    margin = dict(layout["template"]["layout"]["margin"]) | dict(layout.get("margin", {}))
    title = _block(caption.title, TITLE_SIZE_PX, width_px, is_bold=True)
    subtitle = _block(caption.subtitle, TEXT_SIZE_PX, width_px)
    footer = _block(footer_text(caption), TEXT_SIZE_PX, width_px)
    above = MARGIN_PX + _height(title, TITLE_SIZE_PX) + 6 + _height(subtitle, TEXT_SIZE_PX) + 12
    below = 12 + _height(footer, TEXT_SIZE_PX) + MARGIN_PX
    height = chart.height + above + below
    added = {"l": MARGIN_PX, "r": MARGIN_PX, "t": above, "b": below}
    shift = {"title": margin["t"] + above - MARGIN_PX, "subtitle": margin["t"] + 12, "footer": -(margin["b"] + 12)}
    layout |= {
        "width": width_px,
        "height": height,
        "autosize": False,
        "margin": {side: margin[side] + added[side] for side in added},
        "annotations": [
            *layout.get("annotations", ()),
            _note(title, TITLE_SIZE_PX, INK, -margin["l"], y=1, yanchor="top", yshift=shift["title"]),
            _note(subtitle, TEXT_SIZE_PX, MUTED_INK, -margin["l"], y=1, yanchor="bottom", yshift=shift["subtitle"]),
            _note(footer, TEXT_SIZE_PX, MUTED_INK, -margin["l"], y=0, yanchor="top", yshift=shift["footer"]),
        ],
    }
    _move_legend(layout, above, chart.height, height)
    return figure


def _move_legend(layout: dict[str, Any], above: int, before: int, after: int) -> None:
    """Keep a legend that is placed relative to the whole image at its distance above the plot area."""
    legend = layout.get("legend", {})
    if legend.get("yref") == "container":
        from_top = (1 - legend["y"]) * before + above
        layout["legend"] = legend | {"y": 1 - from_top / after, "x": 0, "xref": "paper"}


def _block(text: str, font_size_px: int, width_px: int, is_bold: bool = False) -> str:
    """The text, escaped and wrapped to fit between the margins."""
    room_px = width_px - 2 * MARGIN_PX
    wrapped = wrap_text(" ".join(text.split()), room_px, font_size_px * SCREEN_FACTOR, is_bold=is_bold)
    lines = "<br>".join(escape(line, quote=False) for line in wrapped)
    return f"<b>{lines}</b>" if is_bold and lines else lines


def _height(block: str, font_size_px: int) -> int:
    """Height of a block of text in pixels."""
    return math.ceil((block.count("<br>") + 1) * LINE_HEIGHT_PX * font_size_px / TEXT_SIZE_PX)


def _note(text: str, font_size_px: int, colour: str, shift: float, **position: Any) -> dict[str, Any]:
    """A plotly annotation, left-aligned."""
    return {
        "text": text,
        "showarrow": False,
        "align": "left",
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": shift,
        "borderpad": 0,
        "font": {"size": font_size_px, "color": colour},
        **position,
    }
