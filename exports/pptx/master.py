"""Slide master and layouts in the look of the dashboard: 16:9, Arial, real placeholders. Measures are points."""

import re
from collections.abc import Mapping
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as OpenPresentation
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from charts.theme import ACCENT, GREY, INK, MUTED_INK, PAPER, SIDE_COLOURS, STATUS_STYLES
from exports.pptx.text import FONT, Box, rgb, solid_fill

WIDTH, HEIGHT, MARGIN = 960, 540, 44
INNER_WIDTH = WIDTH - 2 * MARGIN
KICKER = Box(MARGIN, 22, INNER_WIDTH, 22)
TITLE = Box(MARGIN, 44, INNER_WIDTH, 50)
BODY = Box(MARGIN, 102, INNER_WIDTH, 394)
FOOTER = Box(MARGIN, 506, INNER_WIDTH - 80, 20)
NUMBER = Box(WIDTH - MARGIN - 70, 506, 70, 20)
THEME_COLOURS = (
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
THEME_COLOUR_NAMES = ("dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
TITLE_LAYOUT, STEP_LAYOUT = "Title Slide", "Title Only"


def new_presentation() -> OpenPresentation:
    """A presentation without slides, with our theme, our two layouts and their placeholders."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _drop_thumbnail(presentation)
    _recolour(presentation)
    _arrange(presentation)
    return presentation


def placeholders_of(owner: SlideMaster | SlideLayout) -> list[Any]:
    """Placeholders of a master or layout; a list, so that they can be removed while iterating."""
    return list(owner.placeholders)


def _drop_thumbnail(presentation: OpenPresentation) -> None:
    """Drop the thumbnail of the library's default template."""
    relations = presentation.part.package._rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(key)


def _recolour(presentation: OpenPresentation) -> None:
    """Set colours and typeface of the theme, so that shapes added later look the same."""
    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>'
        for name, colour in zip(THEME_COLOUR_NAMES, THEME_COLOURS, strict=True)
    )
    text = re.sub(
        r"<a:clrScheme.*?</a:clrScheme>", f'<a:clrScheme name="Dashboard">{colours}</a:clrScheme>', text, flags=re.S
    )
    theme._blob = text.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FONT}"/>').encode("utf-8")


def _arrange(presentation: OpenPresentation) -> None:
    """Remove unused layouts and put the placeholders of the two others in place."""
    for layout in list(presentation.slide_layouts):
        if layout.name not in (TITLE_LAYOUT, STEP_LAYOUT):
            presentation.slide_layouts.remove(layout)
    master = presentation.slide_master
    boxes = {
        PP_PLACEHOLDER.TITLE: TITLE,
        PP_PLACEHOLDER.BODY: BODY,
        PP_PLACEHOLDER.FOOTER: FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
    }
    _place(master, boxes)
    _style_master(master)
    for layout in presentation.slide_layouts:
        is_title = layout.name == TITLE_LAYOUT
        _place(
            layout,
            {
                PP_PLACEHOLDER.CENTER_TITLE: Box(MARGIN, 96, INNER_WIDTH, 96),
                PP_PLACEHOLDER.SUBTITLE: Box(MARGIN, 214, INNER_WIDTH, 250),
            }
            if is_title
            else {},
        )
        if is_title:
            _style_title_layout(layout)


def _place(owner: SlideMaster | SlideLayout, boxes: Mapping[PP_PLACEHOLDER, Box]) -> None:
    """Move the placeholders of a master or layout to their boxes and remove the date, which our footer gives."""
    for shape in placeholders_of(owner):
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)
        elif kind in boxes:
            shape.left, shape.top, shape.width, shape.height = (Pt(value) for value in boxes[kind])


def _style_master(master: SlideMaster) -> None:
    """Left-aligned bold titles, small footer, and a bar of colour at the left edge."""
    for level in master._element.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr"):
        level.set("algn", "l")
        properties = level.find("{*}defRPr")
        properties.set("sz", "2800")
        properties.set("b", "1")
    for shape in placeholders_of(master):
        frame = shape.text_frame._txBody.bodyPr
        for side in ("lIns", "rIns", "tIns", "bIns"):
            frame.set(side, "0")
        if shape.placeholder_format.type == PP_PLACEHOLDER.TITLE:
            frame.set("anchor", "ctr")
        for level in shape._element.xpath("./p:txBody/a:lstStyle/a:lvl1pPr"):
            level.set("algn", "r" if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER else "l")
            fill = level.find("{*}defRPr").find("{*}solidFill")
            fill.getparent().replace(fill, parse_xml(solid_fill(MUTED_INK, nsdecls("a"))))
    # Index 2: behind the placeholders, after the two property elements of the shape tree.
    master.shapes._spTree.insert(2, _edge_bar())


def _edge_bar() -> Any:
    """XML element of the coloured bar at the left edge of every slide."""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Edge"/>'
        '<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{Pt(10)}" cy="{Pt(HEIGHT)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _style_title_layout(layout: SlideLayout) -> None:
    for shape in placeholders_of(layout):
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.SUBTITLE:
            for level in shape._element.xpath("./p:txBody/a:lstStyle/a:lvl1pPr"):
                level.set("algn", "l")
                fill = level.find("{*}defRPr").find("{*}solidFill")
                fill.getparent().replace(fill, parse_xml(solid_fill(INK, nsdecls("a"))))
        elif kind == PP_PLACEHOLDER.CENTER_TITLE:
            shape.text_frame._txBody.bodyPr.set("anchor", "b")
            run = shape.text_frame.paragraphs[0]
            run.font.color.rgb = rgb(SIDE_COLOURS["EU"])
