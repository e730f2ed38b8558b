"""Files made from a data set full of mark-up and formulas, read by independent readers: nothing of it acts."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest
from pptx import Presentation

from domain.filters import Filters
from exports.content import Content, gather
from exports.formats import FORMATS
from tests.api_client import ask
from tests.files.conftest import DAY
from tests.poisoned_data import HOST

pytestmark = pytest.mark.slow  # builds a database of its own
FORMULA = re.compile(r"[\s\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠]")


@pytest.fixture(scope="module")
def poisoned(poisoned_database: Path) -> Iterator[Content]:
    """Everything, from the poisoned database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLUSTERS_DB", str(poisoned_database))
        yield gather(Filters(), DAY)


def made(kind: str, content: Content) -> bytes:
    return FORMATS[kind].make(content, lambda _part, _step: None)


class Elements(HTMLParser):
    """Names of elements, and the addresses that attributes of theirs ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.handlers: list[str] = []
        self.text = ""
        self.scripts = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        self.asked += [value or "" for name, value in attrs if name in ("src", "href")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data):
        self.text += data


@pytest.mark.soak  # two whole reports; tests/unit/test_text_escaping.py has the parts
def test_the_report(poisoned, everything):
    read, clean = (Elements(made("html", content).decode()) for content in (poisoned, everything))
    assert not [address for address in read.asked if HOST in address] and read.handlers == clean.handlers
    assert read.scripts == clean.scripts
    assert "![POISON](" in read.text and "{{ POISON }}" in read.text and ":red[POISON]" in read.text


def test_the_workbook(poisoned):
    """Read as XML, because a reader that makes an object of each cell needs half a minute."""
    with zipfile.ZipFile(io.BytesIO(made("xlsx", poisoned))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = {name: ElementTree.fromstring(part) for name, part in parts.items() if "/worksheets/sheet" in name}
    assert len(sheets) > 10 and any(b"=HYPERLINK" in part for part in parts.values())
    assert [name for name, sheet in sheets.items() if sheet.find(".//{*}f") is not None] == []
    targets = [
        one.get("Target") for name in parts if name.endswith(".rels") for one in ElementTree.fromstring(parts[name])
    ]
    assert targets and [target for target in targets if HOST in target] == []


def test_the_slides(poisoned):
    deck = made("pptx", poisoned)
    slides = Presentation(io.BytesIO(deck)).slides
    texts = "\n".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    assert "POISON" in texts
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        relations = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")]
    assert [text for text in relations if HOST in text] == []


def test_the_calendar(poisoned, everything):
    read, clean = (
        icalendar.Calendar.from_ical(made("ics", content)).walk("VEVENT") for content in (poisoned, everything)
    )
    assert [set(entry) for entry in read] == [set(entry) for entry in clean] and read
    assert any("POISON" in str(entry["SUMMARY"]) for entry in read)


def test_the_api(poisoned):
    reply = ask("/api/v1/organisations?format=csv&limit=1000")
    assert reply.status == 200 and "POISON" in reply.body.decode()
    cells = [cell for row in csv.reader(io.StringIO(reply.body.decode("utf-8-sig"), newline="")) for cell in row]
    assert [cell for cell in cells if FORMULA.match(cell) and not re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)] == []
    assert ask("/api/v1/organisations?limit=3").json
    feed = ElementTree.fromstring(ask("/api/v1/feed.atom").body)
    assert {element.tag.rpartition("}")[2] for element in feed.iter()} >= {"feed", "entry", "title"}
