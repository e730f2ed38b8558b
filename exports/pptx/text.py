"""Text on slides: fitted to its box, without characters that XML forbids.

All measures are points; a slide is 960 by 540.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import Font, TextFrame
from pptx.util import Pt

from charts.theme import INK
from exports.plain_text import clean

FONT = "Arial"
# Mean width of a character of Arial in English text, as a part of the font size; somewhat more than measured.
CHAR_WIDTH_EM = 0.49
BOLD_WIDTH_FACTOR = 1.12  # width of bold text, compared with plain text
LINE_HEIGHT_EM = 1.2  # as a part of the font size
MIN_FONT_SIZE_PT = 12  # still legible when projected
BODY_SIZE_PT = 18
ELLIPSIS = "…"


def solid_fill(colour: str, namespaces: str = "") -> str:
    """XML of a fill with a colour ('#RRGGBB'); ``namespaces`` declares those of a part that is parsed by itself."""
    return f'<a:solidFill {namespaces}><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>'


class Box(NamedTuple):
    """A rectangle on the slide, in points."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class TextRun:
    """A piece of text in one style; ``size`` is the font size in points."""

    text: str
    size: float = BODY_SIZE_PT
    colour: str = INK
    is_bold: bool = False


def one_line(text: object) -> str:
    """Clean text with every run of white space as one blank; non-breaking spaces are kept."""
    return re.sub(r"[ \t\n]+", " ", clean(text)).strip(" ")


def wrap_lines(text: str, width: float, size: float) -> list[str]:
    """Estimated lines of the text in a box of this width; words longer than a line are broken."""
    max_chars = max(int(width / (CHAR_WIDTH_EM * size)), 4)
    return [line for part in text.split("\n") for line in wrap(part, max_chars) or [""]]


def text_height_pt(text: str, width: float, size: float) -> float:
    """Estimated height of the text in a box of this width."""
    return len(wrap_lines(text, width, size)) * size * LINE_HEIGHT_EM


def fit_text(text: object, box: Box, sizes: Sequence[float]) -> tuple[str, float]:
    """The text and the first of these font sizes at which it fits the box.

    Text that is too long even at the last size is cut and ends in an ellipsis.
    """
    line = one_line(text)
    for size in sizes:
        if text_height_pt(line, box.width, size) <= box.height:
            return line, size
    max_lines = max(int(box.height / (sizes[-1] * LINE_HEIGHT_EM)), 1)
    kept = wrap_lines(line, box.width, sizes[-1])[:max_lines]
    return " ".join(kept)[:-1].rstrip() + ELLIPSIS, sizes[-1]


def rgb(colour: str) -> RGBColor:
    """'#RRGGBB' as python-pptx takes it."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return RGBColor(red, green, blue)


def style(font: Font, run: TextRun) -> None:
    """Set size, colour and weight; the typeface is that of the theme."""
    font.size = Pt(run.size)
    font.bold = run.is_bold
    font.color.rgb = rgb(run.colour)


def write(frame: TextFrame, paragraphs: Iterable[Sequence[TextRun]], *, space: float = 0) -> None:
    """Write paragraphs into an empty text frame, with `space` points before all but the first."""
    for number, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_before = Pt(space if number else 0)
        for text_run in runs:
            run = paragraph.add_run()
            run.text = clean(text_run.text).replace("\n", " ")
            style(run.font, text_run)


def add_text(
    slide: Slide,
    box: Box,
    paragraphs: Iterable[Sequence[TextRun]],
    name: str,
    *,
    space: float = 0,
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
