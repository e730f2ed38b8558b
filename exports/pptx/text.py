"""Text on slides: measured with the metrics of domain/text_width.py, fitted to its box, in the look of the theme.

All measures are points.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import Font, TextFrame
from pptx.util import Pt

from domain.text_width import text_width, wrap_text
from exports.plain_text import clean
from exports.pptx.palette import SchemeColour, solid_fill

FONT = "Arial"
MEASURED_FONTS = ("Arial", "Liberation Sans", "Helvetica")  # with letters as wide as those that text is measured with
OWN_FONT_FACTOR = 1.02  # programs round the widths of letters
OTHER_FONT_FACTOR = 1.18  # allowed for any other typeface of a template
LINE_HEIGHT_EM = 1.2  # as a part of the font size
PAGE_HEIGHT_PT = 540  # of our own slides, for which the sizes of text are stated
MIN_FONT_SIZE_PT = 14  # still legible when projected
SOURCE_SIZE_PT = 11  # of lines that name sources, release and filters
ELLIPSIS = "…"
SENTENCE_END = re.compile(r"(?<=\D[.?!]) (?=[A-Z0-9“])")  # not after the number of a document, as in "D3.5. Title"


class Box(NamedTuple):
    """A rectangle on the slide, in points."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class TextRun:
    """A piece of text in one style; size, in points, and colour are those of its placeholder or the theme if None."""

    text: str
    size: float | None = None
    is_bold: bool | None = None
    colour: SchemeColour | None = None


@dataclass(frozen=True)
class Ruler:
    """Measures text in one typeface on pages of one height, in points.

    ``factor`` is how much wider letters may be than those of the font of domain/text_width.py.
    """

    factor: float = OWN_FONT_FACTOR
    page_height: float = PAGE_HEIGHT_PT

    @property
    def smallest(self) -> float:
        """The smallest size of text that is read in a room."""
        return size_on(self.page_height, MIN_FONT_SIZE_PT)

    @property
    def of_sources(self) -> float:
        """The size of lines that name sources, release and filters."""
        return size_on(self.page_height, SOURCE_SIZE_PT)

    def width(self, text: str, size: float, *, is_bold: bool = False) -> float:
        """Width of the text on one line."""
        return text_width(text, size * self.factor, is_bold=is_bold)

    def lines(self, text: str, width: float, size: float, *, is_bold: bool = False) -> list[str]:
        """Lines of the text in a box of this width; words longer than a line are broken."""
        return wrap_text(text, width, size * self.factor, is_bold=is_bold)

    def height(self, text: str, width: float, size: float, *, is_bold: bool = False) -> float:
        """Height of the text in a box of this width."""
        return len(self.lines(text, width, size, is_bold=is_bold)) * size * LINE_HEIGHT_EM

    def fit(self, text: object, box: Box, sizes: Sequence[float], *, is_bold: bool = False) -> tuple[str, float]:
        """The text and the first of these font sizes at which it fits the box.

        Text that is too long even at the last size is cut and ends in an ellipsis.
        """
        line = one_line(text)
        for size in sizes:
            if self.height(line, box.width, size, is_bold=is_bold) <= box.height:
                return line, size
        most = max(int(box.height / (sizes[-1] * LINE_HEIGHT_EM)), 1)
        return self.cut(line, box.width, sizes[-1], most, is_bold=is_bold), sizes[-1]

    def fit_sentences(self, text: object, box: Box, sizes: Sequence[float]) -> tuple[str, float]:
        """As `fit`, but of a text that is too long the first sentences that fit, and an ellipsis."""
        sentences = SENTENCE_END.split(one_line(text))
        for kept in range(len(sentences), 0, -1):
            shown = " ".join([*sentences[:kept], ELLIPSIS] if kept < len(sentences) else sentences)
            for size in sizes:
                if self.height(shown, box.width, size) <= box.height:
                    return shown, size
        return self.fit(text, box, sizes)

    def cut(self, text: str, width: float, size: float, most: int, *, is_bold: bool = False) -> str:
        """The text in at most so many lines; what is too long ends in an ellipsis."""
        lines = self.lines(text, width, size, is_bold=is_bold)
        if len(lines) <= most:
            return text
        last = lines[most - 1]
        while last and self.width(last + ELLIPSIS, size, is_bold=is_bold) > width:
            last = last[:-1]
        return " ".join([*lines[: most - 1], last.rstrip(" ,;:–") + ELLIPSIS])


ARIAL = Ruler()


def size_on(page_height: float, size: float) -> float:
    """A font size on a page of this height: text of a lower page is projected larger, and can have fewer points."""
    return round(size * min(page_height / PAGE_HEIGHT_PT, 1))


def one_line(text: object) -> str:
    """Clean text with every run of white space as one blank; non-breaking spaces are kept."""
    return re.sub(r"[ \t\n]+", " ", clean(text)).strip(" ")


def style(font: Font, run: TextRun) -> None:
    """Set what the run says of size, weight and colour; the rest is that of the placeholder and the theme."""
    if run.size is not None:
        font.size = Pt(run.size)
    if run.is_bold is not None:
        font.bold = run.is_bold
    if run.colour is not None:
        element = font._rPr
        element.insert(0, parse_xml(solid_fill(run.colour, nsdecls("a"))))


def write(
    frame: TextFrame,
    paragraphs: Iterable[Sequence[TextRun]],
    *,
    space: float | Sequence[float] = 0,
    is_plain: bool = True,
) -> None:
    """Write paragraphs into an empty text frame, with `space` points before all but the first, or before each its own.

    ``is_plain``: without the bullets that a placeholder may have.
    """
    spaces = repeat(space) if isinstance(space, int | float) else space
    for number, (runs, before) in enumerate(zip(paragraphs, spaces, strict=False)):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_before = Pt(before if number else 0)
        if is_plain:
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", "0")
            properties.set("indent", "0")
            properties.append(parse_xml(f"<a:buNone {nsdecls('a')}/>"))
        for text_run in runs:
            run = paragraph.add_run()
            run.text = clean(text_run.text).replace("\n", " ")
            run._r.get_or_add_rPr().set("lang", "en-GB")
            style(run.font, text_run)


def add_text(
    slide: Slide,
    box: Box,
    paragraphs: Iterable[Sequence[TextRun]],
    name: str,
    *,
    space: float | Sequence[float] = 0,
    is_bottom: bool = False,
) -> Shape:
    """Add a text box without margins; returns the shape."""
    shape = slide.shapes.add_textbox(*(Pt(value) for value in box))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if is_bottom else MSO_ANCHOR.TOP
    write(frame, paragraphs, space=space)
    return shape


def set_alt_text(shape: BaseShape, text: str) -> None:
    """Set the alternative text of a shape, for which python-pptx has no call."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", one_line(text))
