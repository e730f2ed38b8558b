"""Title and description within the files of pictures, for screen readers, search and whoever finds the file later."""

import re
import struct
import zlib
from collections.abc import Mapping
from html import escape

from exports.plain_text import clean

_SVG = re.compile(rb"<svg\b([^>]*)>")
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def described_svg(svg: bytes, title: str, description: str) -> bytes:
    """The SVG with a title and a description, which programs that read a page aloud say for it."""
    head = (
        f'<title id="picture-title">{escape(clean(title))}</title>'
        f'<desc id="picture-description">{escape(clean(description))}</desc>'
    )
    labelled = b' role="img" aria-labelledby="picture-title picture-description">'
    return _SVG.sub(lambda found: b"<svg" + found[1] + labelled + head.encode(), svg, count=1)


def described_png(png: bytes, texts: Mapping[str, str]) -> bytes:
    """The PNG with these texts by keyword (of the PNG standard, such as Title), in UTF-8, after its header."""
    if not png.startswith(_PNG_SIGNATURE):
        raise ValueError("not a PNG")
    (length,) = struct.unpack(">I", png[8:12])
    end = 8 + 12 + length  # signature; length, name and check sum of the header, and its content
    return png[:end] + b"".join(_text(name, clean(value)) for name, value in texts.items()) + png[end:]


def _text(keyword: str, text: str) -> bytes:
    """A chunk iTXt: keyword, not compressed, no language, no translation."""
    content = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
