"""Native shapes of a map on a slide: basemap, names and the group that holds them, written as XML in one piece.

Adding hundreds of shapes one by one would take seconds.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from domain.text_width import text_width
from exports.images.outlines import basemap_geometry
from exports.pptx.deck import Stage
from exports.pptx.outlines import Ring, View, countries, lakes, state_borders
from exports.pptx.palette import BACKGROUND, EDGE, MUTED, TEXT, SchemeColour, solid_fill
from exports.pptx.text import LINE_HEIGHT_EM, MIN_FONT_SIZE_PT, Box, one_line
from maps.labels import place_labels

# What shows through the page (alpha) is visible on light and on dark pages.
LAND, STATE_LINE = SchemeColour("tx1", alpha=8), SchemeColour("tx1", alpha=25)
NAME_SIZES_PT = (float(MIN_FONT_SIZE_PT), float(MIN_FONT_SIZE_PT))  # of countries and of states
MIN_AREA_FACTOR = 3.0  # of the area a country needs on the screen to be named: a slide is smaller


def basemap_shapes(numbers: Iterator[int], view: View) -> list[str]:
    """Countries, lakes and, where the extent names states, their borders; the sea is the page."""
    parts = [path(numbers, name, rings, fill=LAND, line=EDGE, width=0.5) for name, rings in countries(view)]
    if water := lakes(view):
        parts.append(path(numbers, "Lakes", water, fill=BACKGROUND, line=EDGE, width=0.25))
    if view.extent.state_names:
        parts.append(path(numbers, "State borders", state_borders(view), fill=None, line=STATE_LINE, width=0.5))
    return parts


def add_group(stage: Stage, name: str, number: int, box: Box, alt: str, parts: list[str]) -> None:
    """Add the shapes as one group of this name with an alternative text."""
    frame = f'<a:off x="{Pt(box.left)}" y="{Pt(box.top)}"/><a:ext cx="{Pt(box.width)}" cy="{Pt(box.height)}"/>'
    inner = frame.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    stage.slide.shapes._spTree.append(
        parse_xml(
            f"<p:grpSp {nsdecls('p', 'a')}><p:nvGrpSpPr>"
            f'<p:cNvPr id="{number}" name={quoteattr(name)} descr={quoteattr(one_line(alt))}/>'
            "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr><a:xfrm>{frame}{inner}</a:xfrm></p:grpSpPr>{''.join(parts)}</p:grpSp>"
        )
    )


def first_free_number(stage: Stage) -> int:
    """The lowest id that no shape of the slide has."""
    return max(int(shape.shape_id) for shape in stage.slide.shapes) + 1


def area_names(numbers: Iterator[int], spots: list[tuple[float, float, float]], view: View) -> list[str]:
    """Names of countries and states where no circle stands; those that the edge would cut are left out.

    spots: centre and radius of the circles, in pixels of web Mercator at the zoom of the view.
    """
    rows = place_labels(
        basemap_geometry().labels,
        spots,
        view.zoom,
        view.extent.label_area * MIN_AREA_FACTOR,
        view.extent.state_names,
        NAME_SIZES_PT,
    )
    parts = []
    for row in rows:
        x, y = (a + b for a, b in zip(view.place(row["lon"], row["lat"]), row["offset"], strict=True))
        width, height = text_width(row["name"], row["size"]), row["size"] * LINE_HEIGHT_EM
        box = Box(x - width / 2, y - height / 2, width, height)
        if view.contains((box.left, box.top)) and view.contains((box.left + width, box.top + height)):
            parts.append(
                rectangle(numbers, f"Name of {row['name']}", box, None, None, centred(row["name"], row["size"], MUTED))
            )
    return parts


def path(
    numbers: Iterator[int],
    name: str,
    rings: list[Ring],
    *,
    fill: SchemeColour | None,
    line: SchemeColour,
    width: float,
    dash: str = "solid",
) -> str:
    """A free form of one or several outlines; without fill they stay open."""
    left, top = min(x for ring in rings for x, _ in ring), min(y for ring in rings for _, y in ring)
    right, bottom = max(x for ring in rings for x, _ in ring), max(y for ring in rings for _, y in ring)
    end = "<a:close/>" if fill else ""
    path = "".join(_outline(ring, left, top) + end for ring in rings)
    wide, high = _hundredths(right - left) or 1, _hundredths(bottom - top) or 1
    kind = "" if fill else ' fill="none"'
    form = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{wide}" h="{high}"{kind}>{path}</a:path></a:pathLst></a:custGeom>'
    )
    return shape(numbers, name, Box(left, top, wide / 100, high / 100), form, fill, line, width, dash)


def _outline(ring: Ring, left: float, top: float) -> str:
    points = [f'<a:pt x="{_hundredths(x - left)}" y="{_hundredths(y - top)}"/>' for x, y in ring]
    return f"<a:moveTo>{points[0]}</a:moveTo>" + "".join(f"<a:lnTo>{point}</a:lnTo>" for point in points[1:])


def _hundredths(points: float) -> int:
    return round(points * 100)


def rectangle(
    numbers: Iterator[int], name: str, box: Box, fill: SchemeColour | None, line: SchemeColour | None, body: str = ""
) -> str:
    """A rectangle with an optional text body."""
    form = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return shape(numbers, name, box, form, fill, line, 0.75, body=body)


def shape(
    numbers: Iterator[int],
    name: str,
    box: Box,
    form: str,
    fill: SchemeColour | None,
    line: SchemeColour | None,
    width: float,
    dash: str = "solid",
    body: str = "",
) -> str:
    """XML of a shape; form: its geometry, width: of its line in points, body: from `centred`."""
    inside = solid_fill(fill) if fill else "<a:noFill/>"
    stroke = (
        f'<a:ln w="{Pt(width)}">{solid_fill(line)}<a:prstDash val="{dash}"/></a:ln>'
        if line
        else "<a:ln><a:noFill/></a:ln>"
    )
    place = f'<a:off x="{Pt(box.left)}" y="{Pt(box.top)}"/><a:ext cx="{Pt(box.width)}" cy="{Pt(box.height)}"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{next(numbers)}" name={quoteattr(one_line(name))}/><p:cNvSpPr/><p:nvPr/>'
        f"</p:nvSpPr><p:spPr><a:xfrm>{place}</a:xfrm>{form}{inside}{stroke}</p:spPr>{body}</p:sp>"
    )


def centred(text: str, size: float, ink: SchemeColour, *, is_bold: bool = False) -> str:
    """Text body of a shape: centred, and allowed to extend beyond the shape."""
    run = (
        f'<a:r><a:rPr lang="en-GB" sz="{round(size * 100)}" b="{int(is_bold)}">{solid_fill(ink)}</a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r>"
    )
    return (
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f'<a:p><a:pPr algn="ctr"/>{run}</a:p></p:txBody>'
    )


def text_shape(numbers: Iterator[int], text: str, box: Box, side: str, *, is_bold: bool = False) -> str:
    """One line of text of the theme in a box, aligned to a side ('l', 'ctr' or 'r')."""
    body = centred(text, MIN_FONT_SIZE_PT, TEXT, is_bold=is_bold).replace('algn="ctr"', f'algn="{side}"')
    return rectangle(numbers, text, box, None, None, body)
