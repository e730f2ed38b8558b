"""Map of regions as circles in one group of native shapes, with its legend."""

from itertools import count

from exports.pptx.deck import Stage
from exports.pptx.map_shapes import add_group, area_names, basemap_shapes, first_free_number, rectangle, shape
from exports.pptx.outlines import View
from exports.pptx.palette import EDGE, scheme_of
from exports.pptx.text import Box, TextRun
from maps.deck import DISCLAIMER
from maps.extents import EXTENTS
from maps.geometry import to_pixels
from maps.region_points import LINE_COLOUR, RegionPoints, region_circles, region_point_alt, region_point_legend

MAX_RADIUS_PT = 15.0


def add_region_map(stage: Stage, points: RegionPoints) -> int:
    """Add outlines and circles with their alternative text; returns the number of regions in view."""
    box = stage.take("Picture")
    view = View(box, EXTENTS[points.extent])
    numbers = count(first_free_number(stage))
    own = next(numbers)
    circles = region_circles(points, MAX_RADIUS_PT)
    spots = [(*to_pixels(row["longitude"], row["latitude"], view.zoom), row["radius"]) for row in circles]
    parts = basemap_shapes(numbers, view) + area_names(numbers, spots, view)
    inside = 0
    for row in circles:
        x, y = view.place(row["longitude"], row["latitude"])
        if view.contains((x, y)):
            radius = row["radius"]
            place = Box(x - radius, y - radius, 2 * radius, 2 * radius)
            form = '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
            parts.append(shape(numbers, row["tip"], place, form, scheme_of(row["colour"]), scheme_of(LINE_COLOUR), 0.5))
            inside += 1
    parts.append(rectangle(numbers, "Frame", box, None, EDGE))
    add_group(stage, "Map", own, box, region_point_alt(points), parts)
    return inside


def region_legend(points: RegionPoints) -> list[list[TextRun]]:
    """Paragraphs of the legend of colours."""
    return [
        [TextRun("Location quotient", is_bold=True)],
        *(
            [TextRun("●  ", colour=scheme_of(row["colour"])), TextRun(row["label"])]
            for row in region_point_legend(points)
        ),
    ]


def region_legend_notes(points: RegionPoints, note: str, inside: int) -> list[str]:
    """The note on sizes, and what is not shown; `inside` is the number of regions in view."""
    drawn = len(points.drawn)
    view = f" {inside} of {drawn} regions with a centre are in this view." if inside < drawn else ""
    return [note + view, DISCLAIMER]
