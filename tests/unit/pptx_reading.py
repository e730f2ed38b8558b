"""Reads presentations back, with python-pptx alone, for the tests of the slides."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.slide import Slide


def read(file: bytes) -> list[Slide]:
    """The slides of a file."""
    return list(Presentation(io.BytesIO(file)).slides)


def step(slides: list[Slide], name: str) -> list[Slide]:
    """The slides of one step: those with its name in the small words above the title."""
    return [
        slide
        for slide in slides
        for shape in slide.shapes
        if shape.name == "Step" and shape.text_frame.text.split(" (")[0] == name
    ]


def charts(slides: list[Slide]) -> list[Chart]:
    """Native charts of the slides."""
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def numbers(slides: list[Slide]) -> dict[str, dict[str, float]]:
    """{series: {category: value}} over all charts of these slides."""
    found: dict[str, dict[str, float]] = {}
    for chart in charts(slides):
        plot = chart.plots[0]
        for series in plot.series:
            found.setdefault(series.name, {}).update(zip(plot.categories, series.values, strict=True))
    return found


def marks(slides: list[Slide]) -> list[str]:
    """Names of the shapes that stand for one record each, in the drawings of these slides."""
    return [
        shape.name
        for slide in slides
        for group in slide.shapes
        if group.name == "Drawing"
        for shape in group.shapes
        if not shape.text_frame.text and shape.name not in ("Line", "Dot")
    ]


def table_rows(slides: list[Slide]) -> Iterator[list[str]]:
    """Rows of the native tables without their headings."""
    for slide in slides:
        for shape in slide.shapes:
            if shape.has_table:
                for row in list(shape.table.rows)[1:]:
                    yield [cell.text for cell in row.cells]


def words(slide: Slide) -> str:
    """Everything written on a slide."""
    parts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    parts += [" | ".join(row) for row in table_rows([slide])]
    return "\n".join(parts)


def notes(slide: Slide) -> str:
    """The notes under a slide."""
    return slide.notes_slide.notes_text_frame.text
