"""Title and description within pictures, read with a parser of XML and with Pillow."""

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from exports.images.described import described_png, described_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_a_screen_reader_finds_title_and_description():
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" class="main-svg" width="10"><svg x="1"/></svg>'
    root = ElementTree.fromstring(described_svg(svg, "18 of 25 <b>", "A & B"))
    assert (root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text) == ("18 of 25 <b>", "A & B")
    assert root.get("role") == "img" and root.get("class") == "main-svg"
    ids = [root.find(f"{SVG}{name}").get("id") for name in ("title", "desc")]
    assert root.get("aria-labelledby").split() == ids and next(iter(root)).tag == f"{SVG}title"
    assert [one.get("role") for one in root.iter(f"{SVG}svg")] == ["img", None]


def test_a_png_keeps_its_picture_and_has_the_texts():
    buffer = io.BytesIO()
    Image.new("RGB", (3, 2), (1, 2, 3)).save(buffer, "PNG")
    read = Image.open(io.BytesIO(described_png(buffer.getvalue(), {"Title": "EU–US", "Source": "a\nb"})))
    read.load()
    assert read.text == {"Title": "EU–US", "Source": "a\nb"} and read.getpixel((2, 1)) == (1, 2, 3)
    with pytest.raises(ValueError, match="not a PNG"):
        described_png(b"GIF89a", {})
