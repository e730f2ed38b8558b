"""Slides of a presentation in the look of the dashboard: every slide has a title, a footer, its number and notes."""

import io
import zipfile
from copy import deepcopy
from datetime import date, datetime

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Pt

from charts.theme import ACCENT, MUTED_INK
from exports.plain_text import clean
from exports.pptx.master import (
    FOOTER,
    INNER_WIDTH,
    KICKER,
    STEP_LAYOUT,
    TITLE,
    TITLE_LAYOUT,
    new_presentation,
    placeholders_of,
)
from exports.pptx.text import (
    BOLD_WIDTH_FACTOR,
    FONT,
    MIN_FONT_SIZE_PT,
    Box,
    TextRun,
    add_text,
    fit_text,
    one_line,
    style,
    wrap_lines,
)

# Font sizes in points, tried in this order.
TITLE_SIZES_ONE_LINE = (28, 26, 24, 22)
TITLE_SIZES_TWO_LINES = (20, 18)
SUBTITLE_SIZES = (20, 18, 16, 14, MIN_FONT_SIZE_PT)
KICKER_SIZES = (16, 14, MIN_FONT_SIZE_PT)


class Deck:
    """A presentation that slides are added to one by one."""

    def __init__(self) -> None:
        self.presentation = new_presentation()
        self._layouts = {layout.name: layout for layout in self.presentation.slide_layouts}

    def add(self, kicker: str, title: str, notes: str) -> Slide:
        """Add a slide with a title, a kicker above it and speaker notes."""
        slide: Slide = self.presentation.slides.add_slide(self._layouts[STEP_LAYOUT])
        text, size = _fitted_title(title)
        _set_title(slide, text, size)
        if kicker:
            text, size = fit_text(kicker, KICKER, KICKER_SIZES)
            add_text(slide, KICKER, [[TextRun(text, size, ACCENT, True)]], "Step")
        _set_notes(slide, notes)
        return slide

    def add_title(self, title: str, lines: list[str], notes: str) -> Slide:
        """Add the first slide: title, and lines of text in the placeholder of the subtitle."""
        slide: Slide = self.presentation.slides.add_slide(self._layouts[TITLE_LAYOUT])
        _set_title(slide, one_line(title), 40)
        frame = _text_frame(slide.placeholders[1])
        frame.text = "\n".join(one_line(line) for line in lines)
        size = fit_text(" ".join(lines), Box(0, 0, INNER_WIDTH, 160), SUBTITLE_SIZES)[1]
        for paragraph in frame.paragraphs:
            paragraph.font.size = Pt(size)
            paragraph.space_after = Pt(8)
        _set_notes(slide, notes)
        return slide

    def finish(self, slide: Slide, footer: str) -> None:
        """Add footer and slide number, last in the reading order."""
        for layout_shape in placeholders_of(slide.slide_layout):
            kind = layout_shape.placeholder_format.type
            if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                continue
            element = deepcopy(layout_shape._element)
            ids = (int(value) for value in slide.shapes._spTree.xpath("//@id") if value.isdigit())
            element.nvSpPr.cNvPr.set("id", str(max(ids) + 1))
            slide.shapes._spTree.append(element)
            if kind == PP_PLACEHOLDER.FOOTER:
                _write_footer(_text_frame(slide.shapes[-1]), footer)

    def save(self, title: str, subject: str, keywords: str, made_on: date) -> bytes:
        """The file. The same content of the same day gives the same bytes."""
        properties = self.presentation.core_properties
        day = datetime(made_on.year, made_on.month, made_on.day)
        properties.title, properties.subject, properties.keywords = (
            one_line(text)[:255] for text in (title, subject, keywords)
        )
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.created = properties.modified = day
        properties.revision, properties.language = 1, "en"
        file = io.BytesIO()
        self.presentation.save(file)
        return _with_fixed_time(file, day)


def _fitted_title(title: str) -> tuple[str, float]:
    """Title and font size: large if it fits on one line, smaller on two lines otherwise."""
    box = Box(0, 0, TITLE.width / BOLD_WIDTH_FACTOR, TITLE.height)
    line = one_line(title)
    size = next((size for size in TITLE_SIZES_ONE_LINE if len(wrap_lines(line, box.width, size)) == 1), None)
    return (line, size) if size else fit_text(title, box, TITLE_SIZES_TWO_LINES)


def _set_title(slide: Slide, text: str, size: float) -> None:
    frame = _text_frame(slide.shapes.title)
    frame.text = text
    frame.paragraphs[0].runs[0].font.size = Pt(size)


def _set_notes(slide: Slide, notes: str) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is None:
        raise ValueError("the notes master of the template has no placeholder for text")
    frame.text = clean(notes)


def _write_footer(frame: TextFrame, footer: str) -> None:
    frame.text = fit_text(footer, FOOTER, (MIN_FONT_SIZE_PT,))[0]
    paragraph = frame.paragraphs[0]
    # Repeated here because LibreOffice does not inherit them from the layout.
    paragraph.alignment = PP_ALIGN.LEFT
    style(paragraph.runs[0].font, TextRun("", MIN_FONT_SIZE_PT, MUTED_INK))
    paragraph.runs[0].font.name = FONT


def _text_frame(shape: object) -> TextFrame:
    """Text frame of a placeholder of our layouts."""
    if not isinstance(shape, Shape):
        raise ValueError(f"a placeholder of the layout holds no text: {shape!r}")
    frame: TextFrame = shape.text_frame
    return frame


def _with_fixed_time(file: io.BytesIO, day: datetime) -> bytes:
    """The same ZIP archive with this day as the time of every entry."""
    result = io.BytesIO()
    with zipfile.ZipFile(file) as made, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in made.infolist():
            stamp = zipfile.ZipInfo(entry.filename, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            stamp.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(stamp, made.read(entry))
    return result.getvalue()
