"""Text on slides: what XML allows, in a size that fits its box. All measures are points; a slide is 960 by 540."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from charts.theme import INK
from exports.plain_text import clean

FONT = "Arial"
CHAR_WIDTH_EM = 0.49  # of the size: mean width of a letter of Arial in English text, with some room
BOLD_WIDTH_FACTOR = 1.12  # times as wide
LINE_HEIGHT_EM = 1.2  # of the size
MIN_FONT_SIZE_PT = 12  # points; what a room can still read
BODY = 18
ELLIPSIS = "…"


class Box(NamedTuple):
    """A rectangle on the slide, in points."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class TextRun:
    """A piece of text in one style."""

    text: str
    size: float = BODY
    colour: str = INK
    is_bold: bool = False


def one_line(text: object) -> str:
    """Clean text with every run of white space as one blank; blanks that must not break stay."""
    return re.sub(r"[ \t\n]+", " ", clean(text)).strip(" ")


def wrap_lines(text: str, width: float, size: float) -> list[str]:
    """The text as it breaks in a box of this width; words longer than the line are cut."""
    letters = max(int(width / (CHAR_WIDTH_EM * size)), 4)
    return [line for part in text.split("\n") for line in wrap(part, letters) or [""]]


def text_height_pt(text: str, width: float, size: float) -> float:
    """Points that the text takes."""
    return len(wrap_lines(text, width, size)) * size * LINE_HEIGHT_EM


def fit_text(text: object, box: Box, sizes: Sequence[float]) -> tuple[str, float]:
    """The text and the first of these sizes at which it fits; cut with an ellipsis where the last is too large."""
    words = one_line(text)
    for size in sizes:
        if text_height_pt(words, box.width, size) <= box.height:
            return words, size
    most = max(int(box.height / (sizes[-1] * LINE_HEIGHT_EM)), 1)
    kept = wrap_lines(words, box.width, sizes[-1])[:most]
    return " ".join(kept)[:-1].rstrip() + ELLIPSIS, sizes[-1]


def rgb(colour: str) -> RGBColor:
    """'#RRGGBB' as python-pptx takes it."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


def style(font, words: TextRun) -> None:
    """Size, colour and weight; the typeface is the theme's."""
    font.size = Pt(words.size)
    font.bold = words.is_bold
    font.color.rgb = rgb(words.colour)


def write(frame, paragraphs: Iterable[Sequence[TextRun]], *, space: float = 0) -> None:
    """Paragraphs of styled pieces into an empty text frame, `space` points before all but the first."""
    for number, pieces in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_before = Pt(space if number else 0)
        for words in pieces:
            run = paragraph.add_run()
            run.text = clean(words.text).replace("\n", " ")
            style(run.font, words)


def add_text(
    slide,
    box: Box,
    paragraphs: Iterable[Sequence[TextRun]],
    name: str,
    *,
    space: float = 0,
    is_centred: bool = False,
    is_bottom: bool = False,
):
    """A text box without margins; returns the shape."""
    shape = slide.shapes.add_textbox(*(Pt(value) for value in box))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if is_bottom else MSO_ANCHOR.TOP
    write(frame, paragraphs, space=space)
    if is_centred:
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.CENTER
    return shape


def describe(shape, words: str) -> None:
    """Alt text: python-pptx has no call for it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", one_line(words))
