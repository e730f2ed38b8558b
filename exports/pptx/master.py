"""Our own slide master and layouts: 16:9, Arial, a placeholder for every part of a slide. Measures are points.

A template of an office takes their place (exports/pptx/template.py); exports/pptx/frames.py finds the placeholders of
both.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as OpenPresentation
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from exports.pptx.palette import EMPHASIS, MUTED, THEME_COLOURS, SchemeColour, solid_fill
from exports.pptx.text import FONT, MIN_FONT_SIZE_PT, SOURCE_SIZE_PT, Box


class Kind(StrEnum):
    """A kind of slide; the value is the name of its layout."""

    TITLE = "Title Slide"
    CHART = "Chart"
    TABLE = "Table"
    DRAWING = "Drawing"
    TEXT = "Text"
    TWO_TEXTS = "Two Texts"


WIDTH, HEIGHT, MARGIN = 960, 540, 44
INNER_WIDTH = WIDTH - 2 * MARGIN
STEP = Box(MARGIN, 18, INNER_WIDTH, 22)
TITLE = Box(MARGIN, 40, INNER_WIDTH, 58)
BODY = Box(MARGIN, 106, INNER_WIDTH, 390)
FOOTER = Box(MARGIN, 506, INNER_WIDTH - 80, 20)
NUMBER = Box(WIDTH - MARGIN - 70, 506, 70, 20)
FINDING = Box(MARGIN, BODY.top, INNER_WIDTH, 38)
SOURCE = Box(MARGIN, BODY.top + BODY.height - 28, INNER_WIDTH, 28)
FIGURE = Box(MARGIN, FINDING.top + 42, INNER_WIDTH, SOURCE.top - FINDING.top - 46)
LEGEND_WIDTH, GUTTER = 224, 16
LONG_FINDING = FINDING._replace(height=52)  # of maps: three lines
DRAWING = Box(MARGIN, FINDING.top + 58, INNER_WIDTH - LEGEND_WIDTH - GUTTER, SOURCE.top - FINDING.top - 64)
LEGEND = Box(MARGIN + DRAWING.width + GUTTER, DRAWING.top, LEGEND_WIDTH, DRAWING.height)
HALF = (INNER_WIDTH - 32) / 2
LEFT = Box(MARGIN, FIGURE.top, HALF, FIGURE.height)
RIGHT = Box(MARGIN + HALF + 32, FIGURE.top, HALF, FIGURE.height)
# Name, type and box of each placeholder besides title, footer and number. Index is 13 and the position in the list.
_BODY = PP_PLACEHOLDER.BODY
_STEP, _FINDING, _SOURCE = ("Step", _BODY, STEP), ("Finding", _BODY, FINDING), ("Source", _BODY, SOURCE)
LAYOUTS: Mapping[Kind, tuple[tuple[str, PP_PLACEHOLDER, Box], ...]] = {
    Kind.TITLE: (("Subtitle", PP_PLACEHOLDER.SUBTITLE, Box(MARGIN, 226, INNER_WIDTH, 250)),),
    Kind.CHART: (_STEP, ("Chart", PP_PLACEHOLDER.CHART, BODY)),
    Kind.TABLE: (_STEP, _FINDING, ("Table", PP_PLACEHOLDER.TABLE, FIGURE), _SOURCE),
    Kind.DRAWING: (
        _STEP,
        ("Finding", _BODY, LONG_FINDING),
        ("Picture", PP_PLACEHOLDER.PICTURE, DRAWING),
        ("Legend", _BODY, LEGEND),
        _SOURCE,
    ),
    Kind.TEXT: (_STEP, ("Text", _BODY, BODY)),
    Kind.TWO_TEXTS: (_STEP, _FINDING, ("Left", _BODY, LEFT), ("Right", _BODY, RIGHT), _SOURCE),
}
_TYPE_NAMES = {
    PP_PLACEHOLDER.BODY: "body",
    PP_PLACEHOLDER.CHART: "chart",
    PP_PLACEHOLDER.TABLE: "tbl",
    PP_PLACEHOLDER.PICTURE: "pic",
    PP_PLACEHOLDER.SUBTITLE: "subTitle",
}
# Size in points, colour and weight of the text of a placeholder that is not plain text of 18 points.
_LOOKS: Mapping[str, tuple[float, SchemeColour | None, bool]] = {
    "Step": (MIN_FONT_SIZE_PT, EMPHASIS, True),
    "Finding": (16, MUTED, False),
    "Legend": (MIN_FONT_SIZE_PT, None, False),
    "Source": (SOURCE_SIZE_PT, MUTED, False),
    "Subtitle": (20, None, False),
}


def new_presentation() -> OpenPresentation:
    """A presentation without slides, with our theme, our layouts and their placeholders."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _recolour(presentation)
    _style_master(presentation.slide_master)
    layouts = list(presentation.slide_layouts)
    for layout, kind in zip(layouts, Kind, strict=False):
        _arrange(layout, kind)
    for unused in layouts[len(Kind) :]:
        presentation.slide_layouts.remove(unused)
    return presentation


def _recolour(presentation: OpenPresentation) -> None:
    """Set colours and typeface of the theme, so that shapes added later look the same."""
    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>' for name, colour in THEME_COLOURS.items()
    )
    scheme = f'<a:clrScheme name="Dashboard">{colours}</a:clrScheme>'
    text = re.sub(r"<a:clrScheme.*?</a:clrScheme>", scheme, text, flags=re.S)
    theme._blob = text.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FONT}"/>').encode("utf-8")


def _style_master(master: SlideMaster) -> None:
    """Left-aligned bold titles, text without bullets, small footer, and a bar of colour at the left edge."""
    for level in master._element.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr"):
        level.set("algn", "l")
        level.find("{*}defRPr").set("sz", "2600")
        level.find("{*}defRPr").set("b", "1")
    for level in master._element.xpath("./p:txStyles/p:bodyStyle/a:lvl1pPr"):
        level.set("marL", "0")
        level.set("indent", "0")
        level.find("{*}defRPr").set("sz", "1800")
        level.replace(level.find("{*}buChar"), parse_xml(f"<a:buNone {nsdecls('a')}/>"))
        level.remove(level.find("{*}buFont"))
    boxes = {
        PP_PLACEHOLDER.TITLE: TITLE,
        _BODY: BODY,
        PP_PLACEHOLDER.FOOTER: FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
    }
    for shape in list(master.placeholders):
        kind = shape.placeholder_format.type
        if kind not in boxes:  # the date, which our footer gives
            shape._element.getparent().remove(shape._element)
            continue
        shape.left, shape.top, shape.width, shape.height = (Pt(value) for value in boxes[kind])
        _style_placeholder(shape, kind)
    # Index 2: behind the placeholders, after the two property elements of the shape tree.
    master.shapes._spTree.insert(2, _edge_bar())


def _style_placeholder(shape: Any, kind: PP_PLACEHOLDER) -> None:
    frame = shape.text_frame._txBody.bodyPr
    for side in ("lIns", "rIns", "tIns", "bIns"):
        frame.set(side, "0")
    if kind == PP_PLACEHOLDER.TITLE:
        frame.set("anchor", "ctr")
    for level in shape._element.xpath("./p:txBody/a:lstStyle/a:lvl1pPr"):
        level.set("algn", "r" if kind == PP_PLACEHOLDER.SLIDE_NUMBER else "l")
        properties = level.find("{*}defRPr")
        properties.set("sz", str(SOURCE_SIZE_PT * 100))
        properties.replace(properties.find("{*}solidFill"), parse_xml(solid_fill(MUTED, nsdecls("a"))))


def _edge_bar() -> Any:
    """XML element of the coloured bar at the left edge of every slide."""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Edge"/>'
        '<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{Pt(10)}" cy="{Pt(HEIGHT)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _arrange(layout: SlideLayout, kind: Kind) -> None:
    """Turn a layout of the library into ours: its name, title, footer and number, and the placeholders of the kind."""
    element = layout._element
    element.attrib.pop("type", None)  # it names the placeholders of a layout of PowerPoint
    element.cSld.set("name", kind.value)
    tree = layout.shapes._spTree
    for shape in list(tree.iterchildren("{*}sp", "{*}pic", "{*}cxnSp")):
        tree.remove(shape)
    if kind == Kind.TITLE:
        element.set("type", "title")
        look = '<a:lvl1pPr algn="l"><a:defRPr sz="4000" b="1"/></a:lvl1pPr>'
        box = Box(MARGIN, 110, INNER_WIDTH, 100)
        tree.append(_placeholder(2, "Title", 'type="ctrTitle"', box, look, "Title", anchor="b"))
    else:
        tree.append(_placeholder(2, "Title", 'type="title"', None, "", "Finding in one sentence"))
    for position, (name, type_, box) in enumerate(LAYOUTS[kind]):
        size, colour, is_bold = _LOOKS.get(name, (18, None, False))
        fill = solid_fill(colour) if colour else ""
        look = (
            '<a:lvl1pPr marL="0" indent="0"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
            f'<a:defRPr sz="{round(size * 100)}" b="{int(is_bold)}">{fill}</a:defRPr></a:lvl1pPr>'
        )
        index = 1 if type_ == PP_PLACEHOLDER.SUBTITLE else 13 + position
        words = f'type="{_TYPE_NAMES[type_]}" idx="{index}"'
        anchor = "b" if name == "Source" else "t"
        tree.append(_placeholder(index + 10, name, words, box, look, name, anchor=anchor))
    tree.append(_placeholder(40, "Footer", 'type="ftr" sz="quarter" idx="11"', None, "", ""))
    field = (
        '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
    )
    tree.append(_placeholder(41, "Slide Number", 'type="sldNum" sz="quarter" idx="12"', None, "", "", field=field))


def _placeholder(
    number: int, name: str, kind: str, box: Box | None, look: str, prompt: str, *, anchor: str = "", field: str = ""
) -> Any:
    """XML element of a placeholder of a layout; without a box it is where that of the master is."""
    place = (
        f'<a:xfrm><a:off x="{Pt(box.left)}" y="{Pt(box.top)}"/>'
        f'<a:ext cx="{Pt(box.width)}" cy="{Pt(box.height)}"/></a:xfrm>'
        if box
        else ""
    )
    margins = ' lIns="0" tIns="0" rIns="0" bIns="0"' if box else ""
    words = field or (f'<a:r><a:rPr lang="en-GB"/><a:t>{escape(prompt)}</a:t></a:r>' if prompt else "")
    side = f' anchor="{anchor}"' if anchor else ""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{place}</p:spPr>"
        f"<p:txBody><a:bodyPr{margins}{side}><a:normAutofit/></a:bodyPr><a:lstStyle>{look}</a:lstStyle>"
        f'<a:p>{words}<a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
    )
