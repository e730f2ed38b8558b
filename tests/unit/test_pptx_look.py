"""The look of slides is that of the theme, ours or of a template, and the files are as the format wants them."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt
from pptx_reading import read, words
from pptx_templates import DARK_COLOURS, NAMES, as_type, dark_template, of_libreoffice

from domain.filters import Filters
from exports.content import gather
from exports.pptx.deck import Deck, _fitted_title
from exports.pptx.master import Kind
from exports.pptx.presentation import _planned, slides, template_gaps
from exports.pptx.template import Template, TemplateError, read_template
from exports.pptx.text import ARIAL, Box, size_on

DARK = Template("ours.potx", dark_template())
LIBREOFFICE = Template("libreoffice.potx", of_libreoffice(dark_template()))
SMALL = ("Source", "Legend", "Footer", "Slide Number", "Table")  # may hold lines on sources under 14 points
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.fixture(scope="module")
def content(shipped_database):
    """Everything for water in the EU."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CLUSTERS_DB", str(shipped_database))
        yield gather(Filters(sectors=("water",), sides=("EU",)), date(2026, 11, 22))


@pytest.fixture(scope="module", params=[None, DARK, LIBREOFFICE], ids=["own", "dark", "libreoffice"])
def made(request, content) -> tuple[Template | None, bytes]:
    """The template, and the presentation made with it."""
    return request.param, slides(content, template=request.param)


def parts(file: bytes, *folders: str) -> dict[str, ElementTree.Element]:
    """The XML parts of these folders by name."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {
            name: ElementTree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith(folders) and name.endswith(".xml")
        }


def test_colours_and_typefaces_are_those_of_the_theme(made):
    """No fixed colour and no typeface on any slide or chart; tables have a style instead of fills."""
    seen = set()
    for name, part in parts(made[1], "ppt/slides/", "ppt/charts/").items():
        tags = {element.tag.removeprefix(DRAWN) for element in part.iter() if isinstance(element.tag, str)}
        assert not tags & {"srgbClr", "sysClr", "prstClr", "hslClr", "latin"}, name
        seen |= {element.get("val") for element in part.iter(f"{DRAWN}schemeClr")}
        for cell in part.iter(f"{DRAWN}tcPr"):
            assert len(cell) == 0
        for table in part.iter(f"{DRAWN}tblPr"):
            assert table.findtext(f"{DRAWN}tableStyleId")
        languages = {run.get("lang") for run in part.iter(f"{DRAWN}rPr")} - {None}
        assert languages <= {"en-GB"}, name
    assert {"accent1", "accent3", "accent4", "bg1", "tx1"} <= seen


def test_text_stands_in_placeholders(made):
    """All of it in our own layouts; in a template whatever has a placeholder there."""
    template, file = made
    for number, slide in enumerate(read(file), start=1):
        for shape in slide.shapes:
            if shape.has_text_frame and not shape.is_placeholder:
                assert template and shape.name in ("Finding", "Source", "Legend"), (number, shape.name)
        assert all(shape.text_frame.text for shape in slide.placeholders if shape.has_text_frame), number
        footer = next(s for s in slide.placeholders if s.placeholder_format.type.name == "FOOTER")
        assert footer.text_frame.text.startswith("Data "), number
        kinds = [shape.placeholder_format.type.name for shape in slide.placeholders]
        assert kinds.count("FOOTER") == kinds.count("SLIDE_NUMBER") == 1
        if any(shape.has_chart or shape.has_table for shape in slide.shapes):
            assert any(shape.is_placeholder for shape in slide.shapes if shape.has_chart or shape.has_table)


def test_titles_are_unique_and_text_is_large(made):
    """At least 14 points but for lines on sources, release and filters."""
    found = read(made[1])
    titles = [slide.shapes.title.text_frame.text for slide in found]
    assert len(titles) == len(set(titles)) > 10
    for number, slide in enumerate(found, start=1):
        if made[0] is LIBREOFFICE:  # states no size, and each program has one of its own
            assert slide.shapes.title._element.xpath(".//a:rPr/@sz"), number
        for shape in slide.shapes:
            sizes = [int(size) for size in shape._element.xpath(".//a:rPr/@sz | .//a:defRPr/@sz")]
            is_small = shape.name in SMALL or "Footer" in shape.name
            assert min(sizes, default=1400) >= (800 if is_small else 1400), (number, shape.name)


def test_nothing_lies_on_anything_else(made):
    """Boxes of a slide do not overlap; what stands in a placeholder has its box."""
    for number, slide in enumerate(read(made[1]), start=1):
        boxes = [
            (shape.name, shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
            for shape in slide.shapes
        ]
        for one, other in itertools.combinations(boxes, 2):
            across = min(one[3], other[3]) - max(one[1], other[1])
            down = min(one[4], other[4]) - max(one[2], other[2])
            assert across <= 12700 or down <= 12700, (number, one, other)


def test_the_file_is_as_office_and_keynote_want_it(made):
    """Positive ids of axes, a list of the notes master, no printer settings, a size without a contradicting name."""
    _, file = made
    for name, part in parts(file, "ppt/charts/").items():
        ids = [element.get("val") for name in ("axId", "crossAx") for element in part.findall(f".//{{*}}{name}")]
        assert ids and all(value.isdigit() for value in ids), name
    main = parts(file, "ppt/presentation.xml")["ppt/presentation.xml"]
    assert "type" not in main.find("{*}sldSz").attrib
    order = [child.tag.rpartition("}")[2] for child in main]
    assert order[:3] == ["sldMasterIdLst", "notesMasterIdLst", "sldIdLst"]
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        names = archive.namelist()
    assert not [name for name in names if "printerSettings" in name or "thumbnail" in name]
    assert len(names) == len(set(names))


def test_pictures_have_an_alternative_text(made):
    """Charts, tables, drawings and maps."""
    described = [
        shape._element.xpath(".//p:cNvPr")[0].get("descr")
        for slide in read(made[1])
        for shape in slide.shapes
        if shape.has_chart or shape.has_table or shape.name in ("Map", "Drawing")
    ]
    assert len(described) > 8 and all(text and len(text) > 30 for text in described)


def test_a_template_gives_master_and_colours_and_no_slide(content):
    """Layouts by their placeholders whatever they are called; the slides of the office are not in the deck."""
    file = slides(content, template=DARK)
    found = read(file)
    assert {slide.slide_layout.name for slide in found} == {"Titelfolie", "Titel und Inhalt", "Zwei Inhalte"}
    assert found[0].slide_layout.name == "Titelfolie"
    assert not any("no deck of ours may hold" in words(slide) for slide in found)
    theme = next(iter(parts(file, "ppt/theme/theme1.xml").values()))
    assert theme.find(f".//{DRAWN}accent1/{DRAWN}srgbClr").get("val") == DARK_COLOURS["accent1"]
    assert len([name for name in parts(file, "ppt/slides/slide")]) == len(found)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert b"presentation.main+xml" in archive.read("[Content_Types].xml")


def test_what_a_template_lacks_is_told_part_by_part():
    """A line for each layout and part; nothing for a layout with placeholders of our names."""
    gaps = template_gaps(DARK)
    assert len(gaps) == 7 and all(gap.startswith("The layout “") for gap in gaps)
    assert "The layout “Zwei Inhalte” (slides “Two Texts”) has no placeholder named “Source”: " in "\n".join(gaps)
    bare = template_gaps(Template("bare.potx", dark_template({"Title Only": "Nur Titel"})))
    assert any(
        "“Nur Titel”" in gap and "no placeholder for “Chart”: it stands free under the title" in gap for gap in bare
    )
    ours = io.BytesIO()
    Deck().presentation.save(ours)
    assert template_gaps(Template("again.pptx", ours.getvalue())) == []


@pytest.mark.parametrize(("page", "text"), [("000000", "lt1"), ("FFFFFF", "dk1"), ("", "dk1")])
def test_text_of_charts_reads_on_the_page_that_a_master_states(page, text):
    """LibreOffice saves a black page with white titles and leaves black as the text of the theme."""
    presentation, file = Presentation(), io.BytesIO()
    if page:
        fill = presentation.slide_master.background.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(page)
    presentation.save(file)
    colours = Deck(Template("ours.pptx", file.getvalue())).presentation.slide_master._element.find("{*}clrMap")
    assert colours.get("tx1") == text and colours.get("bg1") == {"lt1": "dk1", "dk1": "lt1"}[text]


def test_what_libreoffice_leaves_out_of_a_master_is_added():
    """It states white text on a picture in the sample text alone, from which nothing inherits, and no table styles."""
    presentation, file = Presentation(), io.BytesIO()
    master = presentation.slide_master
    master._element.remove(master._element.find("{*}txStyles"))
    for shape in list(master.placeholders)[:2]:
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.CENTER
        paragraph.runs[0].font.size = Pt(33)
        paragraph.runs[0].font.color.rgb = RGBColor.from_string("FFFFFF")
    presentation.part.rels.pop(
        next(key for key, relation in presentation.part.rels.items() if relation.reltype.endswith("/tableStyles"))
    )
    presentation.save(file)
    made = Deck(Template("ours.pptx", file.getvalue())).presentation
    assert made.slide_master._element.find("{*}clrMap").get("tx1") == "lt1"
    for shape in list(made.slide_master.placeholders)[:2]:
        level = shape._element.find(f".//{DRAWN}lvl1pPr")
        assert level.get("algn") == "ctr" and level.find(f"{DRAWN}defRPr").get("sz") == "3300"
        assert level.find(f".//{DRAWN}srgbClr").get("val") == "FFFFFF"
    saved = io.BytesIO()
    made.save(saved)
    styles = parts(saved.getvalue(), "ppt/tableStyles")["ppt/tableStyles.xml"]
    assert styles.get("def") == "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"


def test_text_of_low_pages_has_fewer_points():
    """Pages of 405 points, as of Google Slides, are projected a third larger than ours of 540."""
    assert [size_on(540, 14), size_on(405, 14), size_on(405, 11), size_on(1080, 14)] == [14, 10, 8, 14]


def test_a_title_that_is_cut_says_which_part_it_is():
    part = " (1\u00a0of\u00a03)"
    title = f"Information and communication technology has the most organisations recorded: 59{part}"
    shown, size = _fitted_title(ARIAL, title, Box(0, 0, 300, 44), [20, 18])
    assert size == 18 and shown.endswith(f"…{part}") and shown.startswith("Information and communication")
    assert ARIAL.height(shown, 300, 18, is_bold=True) <= 44
    assert _fitted_title(ARIAL, title, Box(0, 0, 900, 44), [20]) == (title, 20)


def test_a_template_with_titles_alone_holds_everything(content):
    """Charts, tables and texts stand free under the title, on the slide; also on a page of 4:3."""
    template = Template("bare.potx", dark_template({"Title Only": "Nur Titel"}, width=720))
    presentation = Presentation(io.BytesIO(slides(content, template=template)))
    assert len(presentation.slides) > 10
    for slide in presentation.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= presentation.slide_width, shape.name
            assert shape.top >= 0 and shape.top + shape.height <= presentation.slide_height, shape.name


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 not a zip", "is not a presentation of PowerPoint, or is damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "has a password or is of PowerPoint before 2007"),
        (as_type(dark_template(), "macros"), "has macros"),
        (dark_template({"Blank": "Leer"}, with_slide=False), "has no layout with a title"),
    ],
    ids=["damaged", "old", "macros", "no title"],
)
def test_a_template_that_cannot_be_used_says_why(data, message):
    """And names the file."""
    with pytest.raises(TemplateError, match=re.escape(message)) as caught:
        template_gaps(Template("ours.potx", data))
    assert "ours.potx" in str(caught.value)


def test_a_missing_template_says_where(tmp_path):
    with pytest.raises(TemplateError, match=r"gone\.potx cannot be read"):
        read_template(tmp_path / "gone.potx")


def test_layouts_have_a_placeholder_for_every_part():
    """Title, step, finding, chart, table, picture, legend, source, footer and number."""
    kinds = {layout.name: {shape.name for shape in layout.placeholders} for layout in Deck().presentation.slide_layouts}
    assert set(kinds) == {kind.value for kind in Kind}
    everywhere = {"Title", "Footer", "Slide Number"}
    assert all(names >= everywhere for names in kinds.values())
    assert kinds["Chart"] - everywhere == {"Step", "Chart"}
    assert kinds["Table"] - everywhere == {"Step", "Finding", "Table", "Source"}
    assert kinds["Drawing"] - everywhere == {"Step", "Finding", "Picture", "Legend", "Source"}
    assert NAMES.keys() & kinds.keys() == {"Title Slide"}


def test_slides_lead_back_to_their_view(content, monkeypatch):
    """Where readers reach the pages by an address, the title slide and all notes of steps name the view."""
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "https://clusters.example.org")
    planned = _planned(content, Deck())
    steps = [slide for slide in planned if not slide.cited.empty]
    assert len(steps) > 8
    for slide in steps:
        assert re.search(r"View: https://clusters\.example\.org/\w*\?sector=water&side=EU&release=\S+\n", slide.notes)
