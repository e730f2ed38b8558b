"""Map of native shapes in one group: a shape per country, a circle per place, a line per link.

The group is written as XML in one piece: adding hundreds of shapes one by one would take seconds.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Pt

from cards.card import MapCard
from charts.chart import CHAR_WIDTH_EM
from charts.theme import INK, MUTED_INK, SIDE_COLOURS, STATUS_STYLES, text_on
from domain.vocabulary import SIDE_LABELS
from exports.images.outlines import basemap_geometry
from exports.pptx.outlines import Ring, View, countries, lakes, state_borders
from exports.pptx.text import LINE_HEIGHT_EM, MIN_FONT_SIZE_PT, Box, TextRun, add_text, one_line, solid_fill
from maps import basemap_layers
from maps.circles import MIN_COUNT_SHOWN, ends_of
from maps.cooperation_map import map_legend
from maps.deck import DISCLAIMER
from maps.extents import EXTENTS
from maps.geometry import Point, clip_lines, great_circle, lines, to_pixels
from maps.labels import place_labels
from maps.links import drawn_links
from maps.points import group_points

OCEAN, LAND, COAST, STATE_LINE, LABEL = (
    "#" + "".join(f"{channel:02X}" for channel in colour)
    for colour in (
        basemap_layers.OCEAN,
        basemap_layers.LAND,
        basemap_layers.COAST,
        basemap_layers.STATE_LINE,
        basemap_layers.LABEL,
    )
)
RADIUS_PT = 3.4  # of a circle for one organisation
MERGE_FACTOR = 1.6  # of the distance within which the screen merges places: a slide is smaller
COUNT_SIZE_PT = 9
NAME_SIZES_PT = (10.0, 9.0)  # of countries and of states
MIN_AREA_FACTOR = 1.5  # of the area a country needs on the screen to be named: a slide is smaller
# Every dash that Plotly has, as Office names it and as text for the legend.
DASHES = {
    "solid": "solid",
    "longdash": "lgDash",
    "dash": "dash",
    "dot": "sysDot",
    "dashdot": "dashDot",
    "longdashdot": "lgDashDot",
}
KEYS = {
    "solid": "——",
    "longdash": "– –",
    "dash": "- - -",
    "dot": "· · ·",
    "dashdot": "- · -",
    "longdashdot": "– · –",
}


def add_map(slide: Slide, card: MapCard, box: Box) -> int:
    """Add outlines, links and circles of the card, with its alt text; returns the number of organisations in view."""
    view = View(box, EXTENTS[card.extent])
    numbers = count(max(int(shape.shape_id) for shape in slide.shapes) + 1)
    own = next(numbers)
    parts = [_rectangle(numbers, "Sea", box, OCEAN, None)]
    parts += [_path(numbers, name, rings, fill=LAND, line=COAST, width=0.5) for name, rings in countries(view)]
    if water := lakes(view):
        parts.append(_path(numbers, "Lakes", water, fill=OCEAN, line=COAST, width=0.25))
    if view.extent.state_names:
        parts.append(_path(numbers, "State borders", state_borders(view), fill=None, line=STATE_LINE, width=0.5))
    circles = placed(card)
    parts += _names(numbers, circles, view)
    parts += _links(numbers, card, circles, view)
    inside = _in_view(circles, view)
    parts += [_circle(numbers, circle, point) for circle, point in inside]
    parts.append(_rectangle(numbers, "Frame", box, None, COAST))
    frame = f'<a:off x="{Pt(box.left)}" y="{Pt(box.top)}"/><a:ext cx="{Pt(box.width)}" cy="{Pt(box.height)}"/>'
    inner = frame.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    slide.shapes._spTree.append(
        parse_xml(
            f"<p:grpSp {nsdecls('p', 'a')}><p:nvGrpSpPr>"
            f'<p:cNvPr id="{own}" name="Map" descr={quoteattr(one_line(card.alt))}/>'
            "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr><a:xfrm>{frame}{inner}</a:xfrm></p:grpSpPr>{''.join(parts)}</p:grpSp>"
        )
    )
    return sum(circle["count"] for circle, _ in inside)


def add_legend(slide: Slide, card: MapCard, box: Box, inside: int) -> None:
    """Add the legend of colours, sizes and lines; `inside` is the number of organisations in view."""
    lines: list[list[TextRun]] = [[TextRun("Organisations", MIN_FONT_SIZE_PT, INK, True)]]
    links: list[list[TextRun]] = []
    for row in map_legend(card.points, card.links):
        if row["shape"] == "circle":
            lines.append([TextRun("●  ", MIN_FONT_SIZE_PT, row["colour"]), TextRun(row["label"], MIN_FONT_SIZE_PT)])
        else:
            dash = next(style.dash for style in STATUS_STYLES.values() if style.label == row["label"])
            links.append(
                [
                    TextRun(f"{KEYS[dash]}  ", MIN_FONT_SIZE_PT, row["colour"], True),
                    TextRun(row["label"], MIN_FONT_SIZE_PT),
                ]
            )
    if links:
        lines += [[TextRun("Links, by status", MIN_FONT_SIZE_PT, INK, True)], *links]
    notes = ["The area of a circle is the number of organisations at its place."]
    if inside < len(card.points):
        notes.append(f"{inside} of {len(card.points)} drawn are in this view.")
    others = len(set(card.points["organisation_id"]) - set(card.rows["organisation_id"]))
    if others:
        notes.append(f"{others} of those drawn are shown only as the other end of a link.")
    lines.append([TextRun(" ".join(notes), MIN_FONT_SIZE_PT, MUTED_INK)])
    lines.append([TextRun(DISCLAIMER, MIN_FONT_SIZE_PT, MUTED_INK)])
    add_text(slide, box, lines, "Legend", space=1)


def placed(card: MapCard) -> list[dict[str, Any]]:
    """The circles: those of the screen, with neighbours merged at a larger distance."""
    return group_points(card.points, EXTENTS[card.extent].merge_km * MERGE_FACTOR or 40)


def _names(numbers: Iterator[int], circles: list[dict[str, Any]], view: View) -> list[str]:
    """Names of countries and states where no circle stands; those that the edge would cut are left out."""
    spots = [
        (*to_pixels(circle["longitude"], circle["latitude"], view.zoom), RADIUS_PT * circle["sqrt"])
        for circle in circles
    ]
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
        width, height = len(row["name"]) * row["size"] * CHAR_WIDTH_EM, row["size"] * LINE_HEIGHT_EM
        box = Box(x - width / 2, y - height / 2, width, height)
        if view.contains((box.left, box.top)) and view.contains((box.left + width, box.top + height)):
            parts.append(
                _rectangle(
                    numbers, f"Name of {row['name']}", box, None, None, _centred(row["name"], row["size"], LABEL)
                )
            )
    return parts


def _in_view(circles: list[dict[str, Any]], view: View) -> list[tuple[dict[str, Any], Point]]:
    spots = [(circle, view.place(circle["longitude"], circle["latitude"])) for circle in circles]
    return [(circle, point) for circle, point in spots if view.contains(point)]


def _links(numbers: Iterator[int], card: MapCard, circles: list[dict[str, Any]], view: View) -> list[str]:
    """Great circles as on the page, in the same order."""
    parts = []
    for link in drawn_links(card.links, ends_of(circles)):
        arc = view.to_slide(np.array(great_circle(link.us, link.eu, steps=60)))
        drawn = lines(clip_lines(np.array([shapely.LineString(arc)]), view.bounds))
        if drawn:
            name = f"{link.title} ({link.style.label.lower()})"
            dash = DASHES[link.style.dash]
            parts.append(_path(numbers, name, drawn, fill=None, line=link.style.colour, width=link.width_px, dash=dash))
    return parts


def _path(
    numbers: Iterator[int],
    name: str,
    rings: list[Ring],
    *,
    fill: str | None,
    line: str,
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
    return _shape(numbers, name, Box(left, top, wide / 100, high / 100), form, fill, line, width, dash)


def _outline(ring: Ring, left: float, top: float) -> str:
    points = [f'<a:pt x="{_hundredths(x - left)}" y="{_hundredths(y - top)}"/>' for x, y in ring]
    return f"<a:moveTo>{points[0]}</a:moveTo>" + "".join(f"<a:lnTo>{point}</a:lnTo>" for point in points[1:])


def _hundredths(points: float) -> int:
    return round(points * 100)


def _rectangle(numbers: Iterator[int], name: str, box: Box, fill: str | None, line: str | None, body: str = "") -> str:
    form = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return _shape(numbers, name, box, form, fill, line, 0.75, body=body)


def _circle(numbers: Iterator[int], circle: dict[str, Any], point: Point) -> str:
    """The area is proportional to the number of organisations; larger circles carry it."""
    radius = RADIUS_PT * circle["sqrt"]
    box = Box(point[0] - radius, point[1] - radius, 2 * radius, 2 * radius)
    colour = SIDE_COLOURS[circle["side"]]
    place = circle["tip"].split("\n")[1 if circle["count"] == 1 else 0]
    name = f"{SIDE_LABELS[circle['side']]}: {place}" + ("" if circle["count"] > 1 else ": 1 organisation")
    body = (
        _centred(str(circle["count"]), COUNT_SIZE_PT, text_on(colour), is_bold=True)
        if circle["count"] >= MIN_COUNT_SHOWN
        else ""
    )
    form = '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
    return _shape(numbers, name, box, form, colour, "#FFFFFF", 0.75, body=body)


def _shape(
    numbers: Iterator[int],
    name: str,
    box: Box,
    form: str,
    fill: str | None,
    line: str | None,
    width: float,
    dash: str = "solid",
    body: str = "",
) -> str:
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


def _centred(text: str, size: float, ink: str, *, is_bold: bool = False) -> str:
    """Text body of a shape: centred, and allowed to extend beyond the shape."""
    run = (
        f'<a:r><a:rPr lang="en-GB" sz="{round(size * 100)}" b="{int(is_bold)}">{solid_fill(ink)}</a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r>"
    )
    return (
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f'<a:p><a:pPr algn="ctr"/>{run}</a:p></p:txBody>'
    )
