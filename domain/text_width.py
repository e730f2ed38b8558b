"""Width of text by the metrics of a font that comes with the dashboard: the one way in which text is measured.

The font is Liberation Sans, whose letters are as wide as those of Arial (domain/fonts/README.md). All widths have the
unit of the font size, whatever that is: points of a slide, pixels of a screen.
"""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_FOLDER = Path(__file__).parent / "fonts"
_UNITS = 2048  # of an em in this font: at this size the widths are whole numbers


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Width of the text on one line, without kerning, which Office does not apply either."""
    return sum(_advance(letter, is_bold) for letter in text) * size / _UNITS


def wrap_text(text: str, width: float, size: float, *, is_bold: bool = False) -> list[str]:
    """The lines of the text in a box of this width; breaks of the text are kept, words longer than a line are broken.

    A text without letters has one empty line.
    """
    return [line for part in text.split("\n") for line in _wrapped(part, width, size, is_bold)]


def _wrapped(text: str, width: float, size: float, is_bold: bool) -> list[str]:
    lines, line, used = [], "", 0.0
    blank = text_width(" ", size, is_bold=is_bold)
    for word in text.split(" "):
        needed = text_width(word, size, is_bold=is_bold)
        if line and used + blank + needed <= width:
            line, used = f"{line} {word}", used + blank + needed
            continue
        if line:
            lines.append(line)
        line, used = word, needed
        if needed > width:
            *whole, line = _broken(word, width, size, is_bold)
            lines, used = lines + whole, text_width(line, size, is_bold=is_bold)
    return [*lines, line]


def _broken(word: str, width: float, size: float, is_bold: bool) -> list[str]:
    """The word in parts that each fit on a line; a single letter always does."""
    parts = [""]
    for letter in word:
        if parts[-1] and text_width(parts[-1] + letter, size, is_bold=is_bold) > width:
            parts.append("")
        parts[-1] += letter
    return parts


@lru_cache(maxsize=2)
def _font(is_bold: bool) -> ImageFont.FreeTypeFont:
    path = _FOLDER / f"LiberationSans-{'Bold' if is_bold else 'Regular'}.ttf"
    return ImageFont.truetype(str(path), _UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _advance(letter: str, is_bold: bool) -> float:
    return _font(is_bold).getlength(letter)
