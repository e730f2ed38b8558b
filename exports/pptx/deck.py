"""An empty presentation in our look, and its slides: 16:9, Arial, the palette of the dashboard, real placeholders."""

import io
import re
import zipfile
from copy import deepcopy
from datetime import date, datetime

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from charts.theme import ACCENT, GREY, INK, MUTED_INK, PAPER, SIDE_COLOURS, STATUS_STYLES
from exports.pptx.text import (
    BOLD_WIDTH_FACTOR,
    FONT,
    LINE_HEIGHT_EM,
    MIN_FONT_SIZE_PT,
    Box,
    TextRun,
    add_text,
    clean,
    fit_text,
    one_line,
    rgb,
    style,
    wrap_lines,
)

WIDTH, HEIGHT, MARGIN = 960, 540, 44
INNER = WIDTH - 2 * MARGIN
KICKER = Box(MARGIN, 22, INNER, 22)
TITLE = Box(MARGIN, 44, INNER, 50)
BODY = Box(MARGIN, 102, INNER, 394)
FOOTER = Box(MARGIN, 506, INNER - 80, 20)
NUMBER = Box(WIDTH - MARGIN - 70, 506, 70, 20)
ONE_LINE = (28, 26, 24, 22)
TWO_LINES = (20, 18)
SCHEME = (
    INK,
    PAPER,
    SIDE_COLOURS["EU"],
    "#F3F5F7",
    SIDE_COLOURS["EU"],
    SIDE_COLOURS["US"],
    ACCENT,
    STATUS_STYLES["ongoing"].colour,
    STATUS_STYLES["completed"].colour,
    GREY,
    ACCENT,
    MUTED_INK,
)
SCHEME_NAMES = ("dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
TITLE_LAYOUT, STEP_LAYOUT = "Title Slide", "Title Only"


class Deck:
    """A presentation that grows slide by slide; every slide has a title, a footer, its number and notes."""

    def __init__(self) -> None:
        self.presentation = Presentation()
        self.presentation.slide_width, self.presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
        _drop_thumbnail(self.presentation)
        _recolour(self.presentation)
        _arrange(self.presentation)
        self._layouts = {layout.name: layout for layout in self.presentation.slide_layouts}

    def add(self, kicker: str, title: str, notes: str):
        """A slide under this title, small words above it, and what the presenter may want to say or show."""
        slide = self.presentation.slides.add_slide(self._layouts[STEP_LAYOUT])
        text, size = _fitted_title(title)
        slide.shapes.title.text_frame.text = text
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
        if kicker:
            words, size = fit_text(kicker, KICKER, (16, 14, MIN_FONT_SIZE_PT))
            add_text(slide, KICKER, [[TextRun(words, size, ACCENT, True)]], "Step")
        _note(slide, notes)
        return slide

    def add_title(self, title: str, lines: list[str], notes: str):
        """The first slide: title and what this is, in the subtitle's placeholder."""
        slide = self.presentation.slides.add_slide(self._layouts[TITLE_LAYOUT])
        slide.shapes.title.text_frame.text = one_line(title)
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(40)
        frame = slide.placeholders[1].text_frame
        frame.text = "\n".join(one_line(line) for line in lines)
        size = fit_text(" ".join(lines), Box(0, 0, INNER, 160), (20, 18, 16, 14, MIN_FONT_SIZE_PT))[1]
        for paragraph in frame.paragraphs:
            paragraph.font.size = Pt(size)
            paragraph.space_after = Pt(8)
        _note(slide, notes)
        return slide

    def finish(self, slide, footer: str) -> None:
        """Footer and slide number, last in the reading order."""
        for layout_shape in slide.slide_layout.placeholders:
            kind = layout_shape.placeholder_format.type
            if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                continue
            element = deepcopy(layout_shape._element)
            element.nvSpPr.cNvPr.set(
                "id", str(max(int(i) for i in slide.shapes._spTree.xpath("//@id") if i.isdigit()) + 1)
            )
            slide.shapes._spTree.append(element)
            if kind == PP_PLACEHOLDER.FOOTER:
                frame = slide.shapes[-1].text_frame
                frame.text = fit_text(footer, FOOTER, (MIN_FONT_SIZE_PT,))[0]
                paragraph = frame.paragraphs[0]
                paragraph.alignment = PP_ALIGN.LEFT
                # Said again here: LibreOffice does not look it up in the layout.
                style(paragraph.runs[0].font, TextRun("", MIN_FONT_SIZE_PT, MUTED_INK))
                paragraph.runs[0].font.name = FONT

    def save(self, title: str, subject: str, keywords: str, made_on: date) -> bytes:
        """The file. The same content of the same day gives the same bytes."""
        properties = self.presentation.core_properties
        day = datetime(made_on.year, made_on.month, made_on.day)
        properties.title, properties.subject, properties.keywords = (
            one_line(t)[:255] for t in (title, subject, keywords)
        )
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.created = properties.modified = day
        properties.revision, properties.language = 1, "en"
        file = io.BytesIO()
        self.presentation.save(file)
        return _dated(file, day)


def _fitted_title(title: str) -> tuple[str, float]:
    """Large on one line or smaller on two, as it is bold."""
    room = Box(0, 0, TITLE.width / BOLD_WIDTH_FACTOR, TITLE.height)
    one = room._replace(height=ONE_LINE[0] * LINE_HEIGHT_EM)
    size = next((size for size in ONE_LINE if len(wrap_lines(one_line(title), one.width, size)) == 1), None)
    return (one_line(title), size) if size else fit_text(title, room, TWO_LINES)


def _note(slide, notes: str) -> None:
    slide.notes_slide.notes_text_frame.text = clean(notes)


def _dated(file: io.BytesIO, day: datetime) -> bytes:
    """The same archive with this day at every entry, instead of the clock's."""
    result = io.BytesIO()
    with zipfile.ZipFile(file) as made, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in made.infolist():
            stamp = zipfile.ZipInfo(entry.filename, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            stamp.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(stamp, made.read(entry))
    return result.getvalue()


def _drop_thumbnail(presentation) -> None:
    """The library's empty presentation carries a picture of itself."""
    relations = presentation.part.package._rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(key)


def _recolour(presentation) -> None:
    """Our colours and typeface as those of the theme: what is drawn or pasted later looks alike."""
    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>'
        for name, colour in zip(SCHEME_NAMES, SCHEME, strict=True)
    )
    text = re.sub(
        r"<a:clrScheme.*?</a:clrScheme>", f'<a:clrScheme name="Dashboard">{colours}</a:clrScheme>', text, flags=re.S
    )
    theme._blob = text.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FONT}"/>').encode("utf-8")


def _arrange(presentation) -> None:
    """The two layouts we use, their placeholders in place; the others go."""
    for layout in list(presentation.slide_layouts):
        if layout.name not in (TITLE_LAYOUT, STEP_LAYOUT):
            presentation.slide_layouts.remove(layout)
    master = presentation.slide_master
    places = {
        PP_PLACEHOLDER.TITLE: TITLE,
        PP_PLACEHOLDER.BODY: BODY,
        PP_PLACEHOLDER.FOOTER: FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
    }
    _place(master, places)
    _style_master(master)
    for layout in presentation.slide_layouts:
        is_title = layout.name == TITLE_LAYOUT
        _place(
            layout,
            {
                PP_PLACEHOLDER.CENTER_TITLE: Box(MARGIN, 96, INNER, 96),
                PP_PLACEHOLDER.SUBTITLE: Box(MARGIN, 214, INNER, 250),
            }
            if is_title
            else {},
        )
        if is_title:
            _style_title_layout(layout)


def _place(owner, places: dict) -> None:
    """Placeholders of a master or layout to their boxes; the date goes: a slide says its own."""
    for shape in list(owner.placeholders):
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)
        elif kind in places:
            shape.left, shape.top, shape.width, shape.height = (Pt(value) for value in places[kind])


def _style_master(master) -> None:
    """Titles to the left and bold, footer small, a line of colour at the left edge."""
    for level in master._element.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr"):
        level.set("algn", "l")
        properties = level.find("{*}defRPr")
        properties.set("sz", "2800")
        properties.set("b", "1")
    for shape in master.placeholders:
        frame = shape.text_frame._txBody.bodyPr
        for side in ("lIns", "rIns", "tIns", "bIns"):
            frame.set(side, "0")
        if shape.placeholder_format.type == PP_PLACEHOLDER.TITLE:
            frame.set("anchor", "ctr")
        for level in shape._element.xpath("./p:txBody/a:lstStyle/a:lvl1pPr"):
            level.set("algn", "r" if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER else "l")
            fill = level.find("{*}defRPr").find("{*}solidFill")
            fill.getparent().replace(fill, _fill(MUTED_INK))
    bar = master.shapes._spTree
    bar.insert(
        2,
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Edge"/>'
            f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{Pt(10)}" '
            f'cy="{Pt(HEIGHT)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/>'
            "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
        ),
    )


def _style_title_layout(layout) -> None:
    for shape in layout.placeholders:
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.SUBTITLE:
            for level in shape._element.xpath("./p:txBody/a:lstStyle/a:lvl1pPr"):
                level.set("algn", "l")
                fill = level.find("{*}defRPr").find("{*}solidFill")
                fill.getparent().replace(fill, _fill(INK))
        elif kind == PP_PLACEHOLDER.CENTER_TITLE:
            shape.text_frame._txBody.bodyPr.set("anchor", "b")
            run = shape.text_frame.paragraphs[0]
            run.font.color.rgb = rgb(SIDE_COLOURS["EU"])


def _fill(colour: str):
    return parse_xml(f'<a:solidFill {nsdecls("a")}><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>')
